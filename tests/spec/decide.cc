#include "spec/decide.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "spec/pattern.h"
#include "spec/statement.h"

namespace wardkeep::policy::spec {
namespace {

// What the policies of one type say.
struct Voice {
  bool present = false;
  bool every_level_allows = true;
  std::optional<StatementRef> allow;                    // the first
  std::vector<std::pair<StatementRef, Grants>> grants;  // every Allow
};

class Case {
 public:
  Case(const Request& request, const Documents& documents) : request_(request), caller_(request.principal) {
    action_ = base::AsciiLower(request.action);
    arn_ = ArnParts(request.wildcard_only ? U"*" : Decode(request.resource));
    arn_.resize(6);
    const PrincipalKind kind = caller_.kind;
    const bool root = kind == PrincipalKind::kRoot;
    in_account_ = kind != PrincipalKind::kAnonymous && kind != PrincipalKind::kService &&
                  kind != PrincipalKind::kFederated;
    const bool linked = caller_.is_service_linked_role;
    const auto one = [](bool applies, const std::optional<Layer>& layer) {
      return applies && layer ? std::optional(std::vector<Layer>{*layer}) : std::nullopt;
    };
    const auto all = [](bool applies, const auto& levels) { return applies ? levels : std::nullopt; };
    bounded_ = in_account_ && !root && !linked && documents.permissions_boundary;
    const Layer resource{documents.resource};
    // Which layers bind whom: 4.1, 4.3, 4.8. The order is that of reporting (decision.h).
    Hear(PolicyType::kServiceControl, all(in_account_ && !linked, documents.service_control));
    Hear(PolicyType::kResourceControl,
         all(!linked && action_ != "kms:retiregrant", documents.resource_control));
    Hear(PolicyType::kEndpoint, one(true, documents.endpoint));
    Hear(PolicyType::kResource, one(documents.resource != nullptr, resource));
    Hear(PolicyType::kIdentity, one(in_account_ && !root, documents.identity));
    Hear(PolicyType::kPermissionsBoundary, one(bounded_, documents.permissions_boundary));
    Hear(PolicyType::kSession, one(in_account_, documents.session));
  }

  Decision Decide() {
    if (action_ == "sts:getcalleridentity") return {Verdict::kAllowed, Basis::kUndeniable, {}, {}};
    if (BuiltInDeny()) return {Verdict::kImplicitDeny, Basis::kBuiltInDeny, {}, {}};
    if (deny_) return {Verdict::kExplicitDeny, Basis::kStatement, deny_, {}};
    for (const PolicyType type :
         {PolicyType::kServiceControl, PolicyType::kResourceControl, PolicyType::kEndpoint}) {
      if (voices_[type].present && !voices_[type].every_level_allows) missing_.Add(type);
    }
    const Decision grant = Granted();
    return missing_.empty() ? grant : Decision{Verdict::kImplicitDeny, Basis::kNone, {}, missing_};
  }

  Explanation explanation;

 private:
  void Hear(PolicyType type, const std::optional<std::vector<Layer>>& levels) {
    Voice& voice = voices_[type];
    voice.present = levels.has_value();
    uint32_t number = 0;
    for (const Layer& level : levels.value_or(std::vector<Layer>())) {
      bool allows = false;
      for (const Document* document : level)
        allows = HearDocument(voice, {type, number++, 0}, *document) || allows;
      voice.every_level_allows = voice.every_level_allows && allows;
    }
  }

  bool HearDocument(Voice& voice, StatementRef ref, const Document& document) {
    bool allows = false;
    for (const Statement& statement : document.statements) {
      const Application application = Apply(statement, document, request_, bounded_);
      std::vector<std::string>& missing = explanation.missing_context_keys;
      for (const std::string& key : application.missing_keys) {
        const auto same = [&](const std::string& known) { return base::EqualsIgnoreAsciiCase(known, key); };
        if (std::none_of(missing.begin(), missing.end(), same)) missing.push_back(key);
      }
      if (application.applies) {
        explanation.matched.push_back({ref, statement.effect});
        std::optional<StatementRef>& first = statement.effect == Effect::kDeny ? deny_ : voice.allow;
        if (!first) first = ref;
        if (statement.effect == Effect::kAllow) voice.grants.emplace_back(ref, application.grants);
        allows = allows || statement.effect == Effect::kAllow;
      }
      ++ref.statement;
    }
    return allows;
  }

  // 4.6, 4.10: what no policy can allow. AWS's own policies and reserved roles can be read, not changed or
  // passed.
  bool BuiltInDeny() const {
    constexpr std::string_view kPolicyChanges =
        "|iam:createpolicyversion|iam:deletepolicy|iam:deletepolicyversion|iam:setdefaultpolicyversion"
        "|iam:tagpolicy|iam:untagpolicy|";
    constexpr std::string_view kRoleChanges =
        "|iam:attachrolepolicy|iam:deleterole|iam:deleterolepermissionsboundary|iam:deleterolepolicy"
        "|iam:detachrolepolicy|iam:passrole|iam:putrolepermissionsboundary|iam:putrolepolicy|iam:tagrole"
        "|iam:untagrole|iam:updateassumerolepolicy|iam:updaterole|iam:updateroledescription|";
    const auto within = [&](std::string_view list) { return list.find('|' + action_ + '|') != list.npos; };
    if (IsTrust()) return caller_.kind == PrincipalKind::kRoot;
    if (arn_[2] != U"iam") return false;
    if (action_ == "iam:passrole" && IsCross()) return true;
    return (arn_[4] == U"aws" && arn_[5].starts_with(U"policy/") && within(kPolicyChanges)) ||
           (arn_[5].starts_with(U"role/aws-reserved/") && within(kRoleChanges));
  }

  bool IsTrust() const {
    const std::set<std::string> actions = {"sts:assumerole",        "sts:assumerolewithsaml",
                                           "sts:setsourceidentity", "sts:tagsession",
                                           "sts:setcontext",        "sts:assumerolewithwebidentity"};
    return actions.contains(action_) && arn_[2] == U"iam" && arn_[5].starts_with(U"role/");
  }

  bool IsKey() const {
    return action_.starts_with("kms:") && arn_[2] == U"kms" && arn_[5].starts_with(U"key/");
  }

  // The owner of the resource: as given, else as in the ARN, else the caller's account.
  bool IsCross() const {
    if (caller_.account_id.empty()) return true;
    if (!request_.resource_account.empty()) return request_.resource_account != caller_.account_id;
    const bool digits = arn_[4].size() == 12 && arn_[4].find_first_not_of(U"0123456789") == Text::npos;
    return digits && arn_[4] != Decode(caller_.account_id);
  }

  void MustAllow(PolicyType type) {
    if (!voices_[type].allow) missing_.Add(type);
  }

  // The first Allow of the resource policy that takes the caller in through one of these entries.
  std::optional<StatementRef> Named(const Grants& wanted) {
    for (const auto& [ref, grants] : voices_[PolicyType::kResource].grants) {
      if (std::any_of(wanted.begin(), wanted.end(), [&](Grant g) { return grants.contains(g); })) return ref;
    }
    return std::nullopt;
  }

  static Decision By(std::optional<StatementRef> ref) {
    return {Verdict::kAllowed, Basis::kStatement, ref, {}};
  }

  // 4.1 steps 5 and 6. What should have allowed and did not goes to missing_; else the answer is the grant.
  Decision Granted() {
    const PrincipalKind kind = caller_.kind;
    const std::optional<StatementRef> any = voices_[PolicyType::kResource].allow;
    const bool root = kind == PrincipalKind::kRoot;
    const bool needs_session =
        kind == PrincipalKind::kFederatedUser || caller_.is_assumed_root || caller_.is_narrowed;
    if (root && (needs_session || voices_[PolicyType::kSession].present)) MustAllow(PolicyType::kSession);
    if (root && !IsCross() && !IsKey()) return {Verdict::kAllowed, Basis::kRootUser, {}, {}};
    if (root || !in_account_) {
      MustAllow(PolicyType::kResource);
      return By(any);
    }
    // The entries that grant with no other policy, and those that stand in for identity policies only (4.4).
    Grants direct, partial;
    if (kind == PrincipalKind::kUser) direct = {Grant::kStar, Grant::kUser};
    if (kind == PrincipalKind::kRoleSession)
      direct = {Grant::kStar, Grant::kSession}, partial = {Grant::kRole};
    if (kind == PrincipalKind::kFederatedUser)
      direct = {Grant::kStar, Grant::kFederatedUser}, partial = {Grant::kUser};
    if (IsCross()) direct = partial = {};
    const bool limited = !Named(direct) || (kind == PrincipalKind::kUser && IsTrust());  // 4.6
    if (limited && bounded_) MustAllow(PolicyType::kPermissionsBoundary);
    if (Named(direct) && caller_.is_narrowed) MustAllow(PolicyType::kSession);
    if (Named(direct)) return By(Named(direct));
    if (needs_session || voices_[PolicyType::kSession].present) MustAllow(PolicyType::kSession);
    // The resource's own account may leave the decision to identity policies; roles and keys must say so.
    const std::optional<StatementRef> identity = voices_[PolicyType::kIdentity].allow;
    const bool delegated = IsCross() || !(IsTrust() || IsKey()) || Named({Grant::kAccount});
    if (IsCross()) MustAllow(PolicyType::kResource);
    if (delegated && identity) return By(identity);
    if (!Named(partial)) missing_.Add(delegated ? PolicyType::kIdentity : PolicyType::kResource);
    return By(Named(partial));
  }

  const Request& request_;
  const Principal& caller_;
  std::string action_;
  std::vector<Text> arn_;
  bool bounded_ = false;              // has a permissions boundary
  bool in_account_ = false;           // is an identity of some account
  std::optional<StatementRef> deny_;  // the first
  std::map<PolicyType, Voice> voices_;
  PolicyTypeSet missing_;
};

}  // namespace

Answer Decide(const Request& request, const Documents& documents) {
  Case decided(request, documents);
  Answer answer{decided.Decide(), std::move(decided.explanation)};
  std::sort(answer.explanation.missing_context_keys.begin(), answer.explanation.missing_context_keys.end());
  return answer;
}

}  // namespace wardkeep::policy::spec
