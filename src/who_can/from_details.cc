#include "who_can/from_details.h"

#include <map>

#include "base/percent.h"
#include "catalog/managed_policies.h"
#include "evaluate_format/principal.h"
#include "json/parse.h"
#include "policy/match/arn_text.h"
#include "wardkeep/parse.h"

namespace wardkeep::who_can {
namespace {

using evaluate_format::EvaluateResult;
using evaluate_format::InvalidInput;

std::span<const json::Value> List(const json::Value& object, std::string_view member) {
  const json::Value* value = object.Find(member);
  return value == nullptr ? std::span<const json::Value>() : value->elements();
}

class DetailsReader {
 public:
  DetailsReader(const json::Value& root, std::string_view text) : root_(root), text_(text) {}

  EvaluateResult<std::unique_ptr<const AccountAccess>> Read() {
    WK_TRY(ExpectWhole());
    WK_TRY(FindAccount());
    for (const json::Value& policy : List(root_, "Policies")) ReadManaged(policy);
    for (const json::Value& group : List(root_, "GroupDetailList"))
      groups_[group.TextOf("GroupName")] = &group;
    WK_TRY(AddPrincipal("arn:aws:iam::" + access_->account_id() + ":root", nullptr));
    for (const json::Value& user : List(root_, "UserDetailList"))
      WK_TRY(AddPrincipal(user.TextOf("Arn"), &user));
    for (const json::Value& role : List(root_, "RoleDetailList"))
      WK_TRY(AddPrincipal(role.TextOf("Arn"), &role));
    return std::unique_ptr<const AccountAccess>(std::move(access_));
  }

 private:
  // One page of several says nothing about the principals of the others.
  EvaluateResult<void> ExpectWhole() const {
    const json::Value* truncated = root_.Find("IsTruncated");
    const bool says_so = truncated != nullptr && truncated->AsBool() != false;
    for (const char* marker : {"Marker", "NextToken"}) {
      const json::Value* value = root_.Find(marker);
      if (says_so || (value != nullptr && !value->is_null())) {
        return InvalidInput(
            "this is one page of the answer (IsTruncated, Marker or NextToken says that there are more): "
            "join "
            "the lists of all pages, as `aws iam get-account-authorization-details` does without "
            "--max-items");
      }
    }
    return {};
  }

  // The account is that of the first ARN; all others must be of the same.
  EvaluateResult<void> FindAccount() {
    for (const char* list : {"UserDetailList", "RoleDetailList", "GroupDetailList"}) {
      for (const json::Value& entity : List(root_, list)) {
        const std::string arn = entity.TextOf("Arn");
        access_ = std::make_unique<AccountAccess>(std::string(policy::SplitArn(arn).account()));
        return {};
      }
    }
    return InvalidInput(
        "there is no user, role or group: this is not the answer of GetAccountAuthorizationDetails");
  }

  EvaluateResult<void> AddPrincipal(std::string arn, const json::Value* entity) {
    evaluate_format::PrincipalTexts texts;
    texts.arn = std::move(arn);
    if (entity != nullptr) {
      texts.unique_id = entity->TextOf("UserId") + entity->TextOf("RoleId");  // it has one of them
    }
    AccountPrincipal who;
    WK_ASSIGN(who.principal, evaluate_format::MakePrincipal(std::move(texts)));
    if (who.principal.account_id != access_->account_id()) {
      return InvalidInput(who.principal.arn + " is of another account");
    }
    if (entity != nullptr) AddEntity(*entity, who);
    access_->Add(std::move(who));
    return {};
  }

  void AddEntity(const json::Value& entity, AccountPrincipal& who) {
    for (const json::Value& tag : List(entity, "Tags")) {
      who.tags.emplace_back(tag.TextOf("Key"), tag.TextOf("Value"));
    }
    AddPolicies(entity, "UserPolicyList", "", who);
    AddPolicies(entity, "RolePolicyList", "", who);
    for (const json::Value& name : List(entity, "GroupList")) {
      const std::string* text = name.AsString();
      const auto group = text == nullptr ? groups_.end() : groups_.find(*text);
      if (group == groups_.end()) {
        who.identity.push_back({nullptr, text == nullptr ? std::string("a group") : *text});
      } else {
        AddPolicies(*group->second, "GroupPolicyList", group->first + "/", who);
      }
    }
    if (const json::Value* boundary = entity.Find("PermissionsBoundary")) {
      const std::string arn = boundary->TextOf("PermissionsBoundaryArn");
      who.boundary = NamedPolicy{Managed(arn), arn};
    }
    if (const json::Value* trust = entity.Find("AssumeRolePolicyDocument")) {
      who.trust = NamedPolicy{Compile(*trust, policy::DocumentKind::kTrust), "trust policy"};
    }
  }

  void AddPolicies(const json::Value& entity, std::string_view inline_list, const std::string& prefix,
                   AccountPrincipal& who) {
    for (const json::Value& policy : List(entity, inline_list)) {
      const json::Value* document = policy.Find("PolicyDocument");
      const policy::CompiledPolicy* compiled =
          document == nullptr ? nullptr : Compile(*document, policy::DocumentKind::kIdentity);
      who.identity.push_back({compiled, prefix + policy.TextOf("PolicyName")});
    }
    for (const json::Value& attached : List(entity, "AttachedManagedPolicies")) {
      const std::string arn = attached.TextOf("PolicyArn");
      who.identity.push_back({Managed(arn), arn});
    }
  }

  void ReadManaged(const json::Value& policy) {
    for (const json::Value& version : List(policy, "PolicyVersionList")) {
      const json::Value* document = version.Find("Document");
      const json::Value* is_default = version.Find("IsDefaultVersion");
      if (document == nullptr || is_default == nullptr || is_default->AsBool() != true) continue;
      managed_[policy.TextOf("Arn")] = Compile(*document, policy::DocumentKind::kIdentity);
    }
  }

  // Null for a policy that is not known.
  const policy::CompiledPolicy* Managed(const std::string& arn) {
    const auto [place, is_new] = managed_.try_emplace(arn, nullptr);
    if (!is_new) return place->second;
    if (const auto entry = catalog::FindManagedPolicy(arn)) {
      place->second = CompileText(catalog::ManagedPolicyDocument(*entry), policy::DocumentKind::kIdentity);
    }
    return place->second;
  }

  // Null for a document that does not parse.
  const policy::CompiledPolicy* Compile(const json::Value& document, policy::DocumentKind kind) {
    const std::string* text = document.AsString();
    if (text == nullptr) {
      const json::Span span = document.span();
      return CompileText(text_.substr(span.start, span.end - span.start), kind);
    }
    if (!text->starts_with('%')) return CompileText(*text, kind);
    const auto decoded = base::PercentDecode(*text, base::PlusSign::kLiteral);
    return decoded ? CompileText(*decoded, kind) : nullptr;
  }

  const policy::CompiledPolicy* CompileText(std::string_view text, policy::DocumentKind kind) {
    const policy::ParseOutcome parsed = policy::ParseDocument(text, kind, {.is_stored = true});
    if (!parsed.document) return nullptr;
    policy::PolicyPtr compiled = policy::Compile(*parsed.document);
    access_->Pin(compiled);
    return compiled.get();
  }

  const json::Value& root_;
  std::string_view text_;
  std::unique_ptr<AccountAccess> access_;
  std::map<std::string, const json::Value*> groups_;              // by name
  std::map<std::string, const policy::CompiledPolicy*> managed_;  // by ARN
};

}  // namespace

EvaluateResult<std::unique_ptr<const AccountAccess>> FromDetails(std::string_view text) {
  json::ParseLimits limits;
  limits.max_bytes = std::size_t{256} << 20;
  limits.max_values = 50'000'000;
  limits.duplicates = json::Duplicates::kKeep;  // inside of documents it is the parser's business
  const auto root = json::Parse(text, limits);
  if (!root) {
    return evaluate_format::EvaluateError{"InvalidJson", root.error().message, {}, {}};
  }
  return DetailsReader(*root, text).Read();
}

}  // namespace wardkeep::who_can
