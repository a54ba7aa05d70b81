#include "service/sts/user_sessions.h"

#include <algorithm>
#include <utility>

#include "api/sts/types.h"
#include "entity/arn.h"
#include "service/sts/session_input.h"

namespace wardkeep::service::sts {
namespace {

using pipeline::ReadContext;

constexpr int32_t kUserDefault = 43200;
constexpr int32_t kRootLimit = 3600;

// Users: 12 hours unless asked. Root: at most one hour, a longer wish is cut (policy-semantics 5.1).
int32_t Duration(const pipeline::CallerIdentity& caller, const std::optional<int32_t>& asked) {
  if (caller.is_root()) return std::min(asked.value_or(kRootLimit), kRootLimit);
  return asked.value_or(kUserDefault);
}

// Both operations are refused to sessions by the authorisation stage: the caller is a user or root with its
// own key.
auth::Session NewSession(const pipeline::CallerIdentity& caller, auth::SessionKind kind) {
  auth::Session session;
  session.kind = kind;
  session.account_id = caller.account_id;
  session.is_root = caller.is_root();
  session.principal_id = caller.user != nullptr ? caller.user->id : caller.account_id.value();
  session.user_name = caller.user != nullptr ? caller.user->name : std::string();
  return session;
}

ApiResult<api::sts::GetSessionTokenResponse> GetSessionToken(
    const ReadContext& context, const api::sts::GetSessionTokenRequest& request) {
  auth::Session session = NewSession(context.caller, auth::SessionKind::kSessionToken);
  session.mfa_authenticated = context.caller.mfa_at.has_value();
  session.mfa_at = context.caller.mfa_at;
  const auto made =
      auth::IssuedSession::FirstHand(std::move(session), CallingSession(context),
                                     IssueNow(context, Duration(context.caller, request.duration_seconds)));
  WK_ASSIGN(IssuedCredentials issued, IssueCredentials(context, made, request.minimum_session_token_size));
  api::sts::GetSessionTokenResponse response;
  response.credentials = std::move(issued.credentials);
  response.session_token_utilization = issued.token_utilization;
  response.session_token_size = issued.token_size;
  return response;
}

ApiResult<api::sts::GetFederationTokenResponse> GetFederationToken(
    const ReadContext& context, const api::sts::GetFederationTokenRequest& request) {
  auth::Session session = NewSession(context.caller, auth::SessionKind::kFederationToken);
  session.session_name = *request.name;
  WK_TRY(ReadSessionPolicies(context.account, request.policy, request.policy_arns, session));
  WK_ASSIGN(session.tags, ReadSessionTags(request.tags));
  const auto made =
      auth::IssuedSession::FirstHand(std::move(session), CallingSession(context),
                                     IssueNow(context, Duration(context.caller, request.duration_seconds)));
  WK_ASSIGN(IssuedCredentials issued, IssueCredentials(context, made, request.minimum_session_token_size));
  api::sts::GetFederationTokenResponse response;
  response.credentials = std::move(issued.credentials);
  response.federated_user =
      api::sts::FederatedUser{.federated_user_id = context.caller.account_id.value() + ":" + *request.name,
                              .arn = entity::FederatedUserArn(context.caller.account_id, *request.name)};
  response.packed_policy_size = issued.packed_policy_size.value_or(0);  // there without anything packed, too
  response.session_token_utilization = issued.token_utilization;
  response.session_token_size = issued.token_size;
  return response;
}

}  // namespace

void RegisterUserSessions(pipeline::Registry& registry) {
  registry.ReadWithTokenCode("sts", "GetSessionToken", GetSessionToken);
  registry.Read("sts", "GetFederationToken", GetFederationToken);
}

}  // namespace wardkeep::service::sts
