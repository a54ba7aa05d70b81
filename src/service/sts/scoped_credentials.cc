#include "service/sts/scoped_credentials.h"

#include <utility>

#include "api/sts/errors.h"
#include "api/sts/types.h"
#include "service/sts/session_input.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::sts {
namespace {

using pipeline::ReadContext;

ApiResult<void> AddScope(const std::string& policy, auth::Session& session) {
  if (session.scope_policies.size() == auth::kMostScopePolicies) {
    return api::AccessDenied("Cannot call GetScopedCredentials: the session has " +
                             std::to_string(auth::kMostScopePolicies) + " scope-down policies already.");
  }
  const policy::ParseOutcome outcome = policy::ParseDocument(policy, policy::DocumentKind::kSession);
  if (outcome.error) return api::sts::MalformedPolicyDocument(outcome.error->message);
  session.scope_policies.push_back(policy);
  return {};
}

// Seconds that the new credentials live: as long as the calling session unless asked, never longer.
ApiResult<int32_t> Duration(const ReadContext& context, const std::optional<int32_t>& asked) {
  const int64_t left =
      base::ToUnixSeconds(context.caller.session->expires_at) - base::ToUnixSeconds(context.now);
  if (asked.value_or(0) > left) {
    return api::sts::InsufficientSessionLifetime(
        "The requested DurationSeconds exceeds the remaining lifetime of the calling session: " +
        std::to_string(left) + " seconds.");
  }
  return asked.value_or(static_cast<int32_t>(left));
}

ApiResult<api::sts::GetScopedCredentialsResponse> GetScopedCredentials(
    const ReadContext& context, const api::sts::GetScopedCredentialsRequest& request) {
  if (!request.policy && !request.duration_seconds) {
    return api::ValidationError("Give at least one of Policy and DurationSeconds.");
  }
  auth::Session session = auth::CopyWithoutCredentials(*context.caller.session);
  if (request.policy) WK_TRY(AddScope(*request.policy, session));
  WK_ASSIGN(const int32_t duration, Duration(context, request.duration_seconds));
  api::sts::GetScopedCredentialsResponse response;
  response.session_info = api::sts::ScopedSession{.scoped_session_id = context.caller.user_id,
                                                  .arn = context.caller.principal.arn};
  response.scoped_policies_count = static_cast<int32_t>(session.scope_policies.size());
  if (!session.source_identity.empty()) response.source_identity = session.source_identity;
  const auto made =
      auth::IssuedSession::Narrowed(std::move(session), *context.caller.session, IssueNow(context, duration));
  WK_ASSIGN(IssuedCredentials issued, IssueCredentials(context, made, request.minimum_session_token_size));
  response.credentials = std::move(issued.credentials);
  response.session_token_utilization = issued.token_utilization;
  response.session_token_size = issued.token_size;
  return response;
}

}  // namespace

void RegisterScopedCredentials(pipeline::Registry& registry) {
  registry.Read("sts", "GetScopedCredentials", GetScopedCredentials);
}

}  // namespace wardkeep::service::sts
