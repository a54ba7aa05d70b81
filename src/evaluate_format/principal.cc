#include "evaluate_format/principal.h"

#include <algorithm>

#include "base/account_id.h"
#include "evaluate_format/members.h"
#include "policy/match/arn_text.h"

namespace wardkeep::evaluate_format {
namespace {

using policy::ArnText;
using policy::Principal;
using policy::PrincipalKind;

constexpr std::string_view kWhere = "request.principal";
constexpr std::size_t kMostTags = 4096;  // as many as keys in the context, which they become
constexpr std::string_view kSessionKinds[] = {"assumedRole", "webIdentity", "saml", "sessionToken",
                                              "federationToken"};

bool IsServiceLinked(std::string_view role_arn) {
  return policy::SplitArn(role_arn).resource().starts_with("role/aws-service-role/");
}

void BecomeRole(Principal& principal, std::string role_arn) {
  principal.kind = PrincipalKind::kRoleSession;
  principal.is_service_linked_role = IsServiceLinked(role_arn);
  principal.entity_arn = std::move(role_arn);
}

// "assumed-role/R/S": the role is named beside it if it has a path.
EvaluateResult<void> BecomeSession(Principal& principal, const ArnText& arn, std::string role_arn) {
  const std::string_view names = arn.resource().substr(std::string_view("assumed-role/").size());
  const std::size_t slash = names.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == names.size()) {
    return InvalidInput("request.principal.arn names no role and session");
  }
  if (role_arn.empty()) {
    role_arn = "arn:" + std::string(arn.component(1)) + ":iam::" + principal.account_id + ":role/" +
               std::string(names.substr(0, slash));
  }
  BecomeRole(principal, std::move(role_arn));
  return {};
}

EvaluateResult<Principal> FromArn(PrincipalTexts texts) {
  Principal principal;
  principal.arn = std::move(texts.arn);
  const ArnText arn = policy::SplitArn(principal.arn);
  if (!arn.IsArn() || !base::IsAccountId(arn.account())) {
    return InvalidInput("request.principal.arn is not the ARN of a principal");
  }
  principal.account_id = std::string(arn.account());
  // Of "AROA...:session" the role's id.
  principal.entity_id = texts.unique_id.substr(0, texts.unique_id.find(':'));
  const std::string_view resource = arn.resource();
  if (arn.service() == "iam" && resource == "root") {
    principal.kind = PrincipalKind::kRoot;
  } else if (arn.service() == "iam" && resource.starts_with("user/")) {
    principal.kind = PrincipalKind::kUser;
  } else if (arn.service() == "iam" && resource.starts_with("role/")) {
    BecomeRole(principal, principal.arn);
  } else if (arn.service() == "sts" && resource.starts_with("assumed-role/")) {
    WK_TRY(BecomeSession(principal, arn, std::move(texts.role_arn)));
  } else if (arn.service() == "sts" && resource.starts_with("federated-user/")) {
    principal.kind = PrincipalKind::kFederatedUser;
    principal.entity_arn = std::move(texts.parent_arn);
  } else {
    return InvalidInput("request.principal.arn is not the ARN of a principal");
  }
  return principal;
}

EvaluateResult<std::vector<std::pair<std::string, std::string>>> ReadTags(const json::Value& principal) {
  std::vector<std::pair<std::string, std::string>> tags;
  const json::Value* value = principal.Find("tags");
  if (value == nullptr) return tags;
  WK_TRY(ExpectObject(*value, "request.principal.tags"));
  if (value->members().size() > kMostTags) {
    return EvaluateError{"InputTooLarge", "request.principal.tags may have 4096 members at most", {}, {}};
  }
  for (const json::Member& member : value->members()) {
    const std::string* text = member.value.AsString();
    if (text == nullptr) return InvalidInput("request.principal.tags." + member.key + " must be a string");
    tags.emplace_back(member.key, *text);
  }
  return tags;
}

EvaluateResult<PrincipalTexts> ReadTexts(const json::Value& value) {
  PrincipalTexts texts;
  WK_ASSIGN(texts.arn, OptionalText(value, kWhere, "arn"));
  WK_ASSIGN(texts.service, OptionalText(value, kWhere, "service"));
  WK_ASSIGN(texts.federated, OptionalText(value, kWhere, "federated"));
  WK_ASSIGN(texts.parent_arn, OptionalText(value, kWhere, "parentArn"));
  WK_ASSIGN(texts.role_arn, OptionalText(value, kWhere, "roleArn"));
  WK_ASSIGN(texts.unique_id, OptionalText(value, kWhere, "uniqueId"));
  return texts;
}

}  // namespace

EvaluateResult<Principal> MakePrincipal(PrincipalTexts texts) {
  const int given =
      (texts.service.empty() ? 0 : 1) + (texts.federated.empty() ? 0 : 1) + (texts.arn.empty() ? 0 : 1);
  if (given != 1) return InvalidInput("request.principal must have one of arn, service and federated");
  if (!texts.arn.empty()) return FromArn(std::move(texts));
  Principal principal;
  principal.kind = texts.service.empty() ? PrincipalKind::kFederated : PrincipalKind::kService;
  principal.service = std::move(texts.service);
  principal.arn = std::move(texts.federated);
  return principal;
}

EvaluateResult<EvaluatePrincipal> ReadPrincipal(const json::Value& value) {
  if (value.is_null()) return EvaluatePrincipal{};
  WK_TRY(ExpectObject(value, kWhere));
  WK_TRY(
      ExpectOnly(value, kWhere,
                 {"arn", "service", "federated", "parentArn", "roleArn", "uniqueId", "sessionKind", "tags"}));
  WK_ASSIGN(const std::string session_kind, OptionalText(value, kWhere, "sessionKind"));
  if (!session_kind.empty() && std::find(std::begin(kSessionKinds), std::end(kSessionKinds), session_kind) ==
                                   std::end(kSessionKinds)) {
    return InvalidInput("request.principal.sessionKind is unknown");
  }
  EvaluatePrincipal result;
  WK_ASSIGN(PrincipalTexts texts, ReadTexts(value));
  WK_ASSIGN(result.principal, MakePrincipal(std::move(texts)));
  WK_ASSIGN(result.tags, ReadTags(value));
  return result;
}

}  // namespace wardkeep::evaluate_format
