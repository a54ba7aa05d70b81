#include "service/sts/delegated_access.h"

#include <utility>

#include "api/sts/errors.h"
#include "api/sts/types.h"
#include "entity/arn.h"
#include "service/sts/session_input.h"

namespace wardkeep::service::sts {
namespace {

using pipeline::ReadContext;

constexpr std::string_view kInvalid = "The trade-in token is invalid.";

// As the identity that accepted, if it still lives: a user, or a role under its session name. Gives the ARN
// the credentials act as.
ApiResult<std::string> SetPrincipal(const snapshot::AccountState& account,
                                    const entity::DelegationActor& approver, auth::Session& session) {
  const std::size_t colon = approver.principal_id.find(':');
  const std::string id = approver.principal_id.substr(0, colon);
  session.principal_id = id;
  if (const entity::User* user = account.FindUserById(id)) {
    session.user_name = user->name;
    return account.UserArn(*user);
  }
  const entity::Role* role = account.FindRoleById(id);
  if (role == nullptr || colon == std::string::npos) {
    return api::AccessDenied("The identity that accepted the delegation request no longer exists.");
  }
  session.role_name = role->name;
  session.role_path = role->path;
  session.session_name = approver.principal_id.substr(colon + 1);
  return entity::AssumedRoleArn(account.id(), role->name, session.session_name);
}

ApiResult<api::sts::GetDelegatedAccessTokenResponse> GetDelegatedAccessToken(
    const ReadContext& context, const api::sts::GetDelegatedAccessTokenRequest& request) {
  const auto token = context.services.keys.delegation_tokens.Open(*request.trade_in_token);
  const snapshot::AccountStatePtr account =
      token ? context.services.directory.Find(token->account_id) : nullptr;
  const entity::DelegationRequest* found =
      account == nullptr ? nullptr : account->FindDelegationRequest(token->request_id);
  if (found == nullptr || found->requestor != context.caller.account_id ||
      found->state != entity::DelegationState::kFinalized) {
    return api::InvalidParameterValue(std::string(kInvalid));
  }
  if (context.now >= token->expires_at) {
    return api::sts::ExpiredTradeInToken("The trade-in token has expired.");
  }
  auth::Session session;
  session.kind = auth::SessionKind::kDelegated;
  session.account_id = account->id();
  session.session_policy = found->policy;
  api::sts::GetDelegatedAccessTokenResponse response;
  WK_ASSIGN(response.assumed_principal, SetPrincipal(*account, found->approver, session));
  // The credentials end with the token, so that the access is over in time however late it is traded.
  // Trading it again renews nothing: the session is as old as the token.
  const int64_t left = base::ToUnixSeconds(token->expires_at) - base::ToUnixSeconds(context.now);
  const base::Instant sent_at = token->expires_at - std::chrono::seconds(found->session_duration);
  const auto made =
      auth::IssuedSession::Lent(std::move(session), CallingSession(context), {account->id(), found->id},
                                sent_at, IssueNow(context, static_cast<int32_t>(left)));
  WK_ASSIGN(IssuedCredentials issued, IssueCredentials(context, made, std::nullopt));
  response.credentials = std::move(issued.credentials);
  response.packed_policy_size = issued.packed_policy_size;
  return response;
}

}  // namespace

void RegisterDelegatedAccess(pipeline::Registry& registry) {
  registry.Read("sts", "GetDelegatedAccessToken", GetDelegatedAccessToken);
}

}  // namespace wardkeep::service::sts
