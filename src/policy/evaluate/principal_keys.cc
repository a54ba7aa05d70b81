#include "wardkeep/request.h"

namespace wardkeep::policy {
namespace {

std::string_view AfterLast(std::string_view text, char mark) {
  return text.substr(text.rfind(mark) + 1);
}

void FillUserKeys(const Principal& user, RequestContext& context) {
  context.SetDefault("aws:PrincipalArn", user.arn);
  context.SetDefault("aws:PrincipalType", "User");
  context.SetDefault("aws:username", std::string(AfterLast(user.arn, '/')));
  if (!user.entity_id.empty()) context.SetDefault("aws:userid", user.entity_id);
}

// aws:PrincipalArn of a role session is its role. The session's name is known only from an assumed-role ARN.
void FillRoleSessionKeys(const Principal& session, RequestContext& context) {
  context.SetDefault("aws:PrincipalArn", session.entity_arn);
  context.SetDefault("aws:PrincipalType", "AssumedRole");
  if (!session.entity_id.empty() && session.arn != session.entity_arn) {
    context.SetDefault("aws:userid", session.entity_id + ":" + std::string(AfterLast(session.arn, '/')));
  }
}

void FillFederatedUserKeys(const Principal& session, RequestContext& context) {
  context.SetDefault("aws:PrincipalArn", session.arn);
  context.SetDefault("aws:PrincipalType", "FederatedUser");
  context.SetDefault("aws:userid", session.account_id + ":" + std::string(AfterLast(session.arn, '/')));
}

void FillRootKeys(const Principal& root, RequestContext& context) {
  context.SetDefault("aws:PrincipalArn", root.arn);
  context.SetDefault("aws:PrincipalType", "Account");
  context.SetDefault("aws:userid", root.account_id);
  if (root.is_assumed_root) context.SetDefault("aws:AssumedRoot", "true");
}

void FillAnonymousKeys(RequestContext& context) {
  context.SetDefault("aws:PrincipalAccount", "anonymous");
  context.SetDefault("aws:PrincipalType", "Anonymous");
  context.SetDefault("aws:userid", "anonymous");
}

void FillServiceKeys(const Principal& service, RequestContext& context) {
  context.SetDefault("aws:PrincipalServiceName", service.service);
  if (context.Find("aws:PrincipalServiceNamesList") == nullptr) {
    context.SetMulti("aws:PrincipalServiceNamesList", {service.service});
  }
}

void FillKindKeys(const Principal& principal, RequestContext& context) {
  switch (principal.kind) {
    case PrincipalKind::kAnonymous:
      return FillAnonymousKeys(context);
    case PrincipalKind::kRoot:
      return FillRootKeys(principal, context);
    case PrincipalKind::kUser:
      return FillUserKeys(principal, context);
    case PrincipalKind::kRoleSession:
      return FillRoleSessionKeys(principal, context);
    case PrincipalKind::kFederatedUser:
      return FillFederatedUserKeys(principal, context);
    case PrincipalKind::kService:
      return FillServiceKeys(principal, context);
    case PrincipalKind::kFederated:
      return;  // an unsigned call by somebody who has no identity in AWS yet
  }
}

}  // namespace

void FillPrincipalKeys(const Principal& principal,
                       std::span<const std::pair<std::string, std::string>> principal_tags,
                       RequestContext& context) {
  FillKindKeys(principal, context);
  if (!principal.account_id.empty()) context.SetDefault("aws:PrincipalAccount", principal.account_id);
  const bool is_signed =
      principal.kind != PrincipalKind::kAnonymous && principal.kind != PrincipalKind::kFederated;
  if (is_signed) {
    context.SetDefault("aws:PrincipalIsAWSService",
                       principal.kind == PrincipalKind::kService ? "true" : "false");
  }
  for (const auto& [key, value] : principal_tags) context.SetDefault("aws:PrincipalTag/" + key, value);
}

}  // namespace wardkeep::policy
