#include "policy/match/principal_match.h"

#include "base/account_id.h"
#include "policy/match/arn_text.h"

namespace wardkeep::policy {
namespace {

using Form = PrincipalPattern::Form;

// The ARNs that can stand in Principal, by service and start of the resource part (policy-semantics 1.4).
struct ArnForm {
  std::string_view service;
  std::string_view start;
  Form form;
};
constexpr ArnForm kArnForms[] = {
    {"iam", "user/", Form::kUserArn},
    {"iam", "role/", Form::kRoleArn},
    {"sts", "assumed-role/", Form::kSessionArn},
    {"sts", "federated-user/", Form::kFederatedArn},
};

PrincipalPattern MakeAwsPattern(std::string_view value, Arena& arena) {
  if (value == "*") return {Form::kAny, {}};
  if (base::IsAccountId(value)) return {Form::kAccount, arena.CopyText(value)};
  if (value.starts_with("AIDA") || value.starts_with("AROA")) return {Form::kUniqueId, arena.CopyText(value)};
  const ArnText arn = SplitArn(value);
  if (!arn.IsArn()) return {};
  if (!base::IsAccountId(arn.account())) return {};
  if (arn.service() == "iam" && arn.region().empty() && arn.resource() == "root")
    return {Form::kAccount, arena.CopyText(arn.account())};
  for (const ArnForm& row : kArnForms) {
    if (arn.service() == row.service && arn.resource().starts_with(row.start)) {
      return {row.form, arena.CopyText(value)};
    }
  }
  return {};
}

MatchKinds KindOfUniqueId(std::string_view id, const Principal& caller) {
  if (id != caller.entity_id) return {};
  switch (caller.kind) {
    case PrincipalKind::kUser:
    case PrincipalKind::kFederatedUser:
      return MatchKinds::Of(MatchKind::kUser);
    case PrincipalKind::kRoleSession:
      return MatchKinds::Of(MatchKind::kRole);
    default:
      return {};
  }
}

MatchKinds KindIf(bool named, MatchKind kind) {
  return named ? MatchKinds::Of(kind) : MatchKinds();
}

MatchKinds MatchOne(const PrincipalPattern& listed, const Principal& caller) {
  const PrincipalKind kind = caller.kind;
  switch (listed.form) {
    case Form::kAny:
      return MatchKinds::Of(MatchKind::kStar);
    case Form::kAccount:
      return KindIf(listed.value == caller.account_id, MatchKind::kAccount);
    case Form::kUserArn:
      return KindIf((kind == PrincipalKind::kUser && listed.value == caller.arn) ||
                        (kind == PrincipalKind::kFederatedUser && listed.value == caller.entity_arn),
                    MatchKind::kUser);
    case Form::kRoleArn:
      return KindIf(kind == PrincipalKind::kRoleSession && listed.value == caller.entity_arn,
                    MatchKind::kRole);
    case Form::kSessionArn:
      return KindIf(kind == PrincipalKind::kRoleSession && listed.value == caller.arn, MatchKind::kSession);
    case Form::kFederatedArn:
      return KindIf(kind == PrincipalKind::kFederatedUser && listed.value == caller.arn,
                    MatchKind::kFederatedUser);
    case Form::kUniqueId:
      return KindOfUniqueId(listed.value, caller);
    case Form::kService:
      return KindIf(kind == PrincipalKind::kService && listed.value == caller.service, MatchKind::kService);
    case Form::kProvider:
      return KindIf(kind == PrincipalKind::kFederated && listed.value == caller.arn, MatchKind::kProvider);
    case Form::kNever:
      return {};
  }
  return {};
}

// The identities that must all be listed for NotPrincipal to leave the caller out; empty: no list can.
MatchKinds ChainOf(const Principal& caller) {
  switch (caller.kind) {
    case PrincipalKind::kAnonymous:
      return {};
    case PrincipalKind::kRoot:
      return MatchKinds::Of(MatchKind::kAccount);
    case PrincipalKind::kUser:
      return MatchKinds::Of(MatchKind::kAccount, MatchKind::kUser);
    case PrincipalKind::kRoleSession:
      return MatchKinds::Of(MatchKind::kAccount, MatchKind::kRole, MatchKind::kSession);
    case PrincipalKind::kFederatedUser:
      if (caller.entity_arn.empty() && caller.entity_id.empty())
        return MatchKinds::Of(MatchKind::kAccount, MatchKind::kFederatedUser);
      return MatchKinds::Of(MatchKind::kAccount, MatchKind::kUser, MatchKind::kFederatedUser);
    case PrincipalKind::kService:
      return MatchKinds::Of(MatchKind::kService);
    case PrincipalKind::kFederated:
      return MatchKinds::Of(MatchKind::kProvider);
  }
  return {};
}

}  // namespace

PrincipalPattern MakePrincipalPattern(const PrincipalEntry& entry, Arena& arena) {
  switch (entry.type) {
    case PrincipalType::kAny:
      return {Form::kAny, {}};
    case PrincipalType::kAws:
      return MakeAwsPattern(entry.value, arena);
    case PrincipalType::kService:
      return {Form::kService, arena.CopyText(entry.value)};
    case PrincipalType::kFederated:
      return {Form::kProvider, arena.CopyText(entry.value)};
    case PrincipalType::kCanonicalUser:
      return {};  // canonical ids name accounts of S3 only; no caller presents one
  }
  return {};
}

MatchKinds MatchPrincipals(std::span<const PrincipalPattern> listed, const Principal& caller) {
  MatchKinds kinds;
  for (const PrincipalPattern& one : listed) kinds.Add(MatchOne(one, caller));
  return kinds;
}

bool IsExempt(std::span<const PrincipalPattern> listed, const Principal& caller) {
  const MatchKinds kinds = MatchPrincipals(listed, caller);
  if (kinds.Has(MatchKind::kStar)) return true;
  const MatchKinds chain = ChainOf(caller);
  return !chain.empty() && kinds.HasAll(chain);
}

}  // namespace wardkeep::policy
