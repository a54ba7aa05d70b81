#include "service/sts/identity.h"

#include "api/sts/errors.h"
#include "api/sts/types.h"
#include "auth/access_key_id.h"
#include "service/sts/session_input.h"

namespace wardkeep::service::sts {
namespace {

using pipeline::ReadContext;

ApiResult<api::sts::GetCallerIdentityResponse> GetCallerIdentity(const ReadContext& context,
                                                                 const api::sts::GetCallerIdentityRequest&) {
  api::sts::GetCallerIdentityResponse response;
  response.user_id = context.caller.user_id;
  response.account = context.caller.account_id.value();
  response.arn = context.caller.principal.arn;
  return response;
}

// The account is read out of the id; whether such a key exists is not asked.
ApiResult<api::sts::GetAccessKeyInfoResponse> GetAccessKeyInfo(
    const ReadContext& context, const api::sts::GetAccessKeyInfoRequest& request) {
  api::sts::GetAccessKeyInfoResponse response;
  if (const auto owner = context.services.directory.FindForeignKey(*request.access_key_id)) {
    response.account = owner->value();
  } else if (const auto parsed = auth::ParseAccessKeyId(*request.access_key_id)) {
    response.account = parsed->account_id.value();
  } else {
    return api::ValidationError("Invalid value for parameter AccessKeyId.");
  }
  return response;
}

ApiResult<api::sts::DecodeAuthorizationMessageResponse> DecodeAuthorizationMessage(
    const ReadContext& context, const api::sts::DecodeAuthorizationMessageRequest& request) {
  auto message =
      context.services.keys.authorization_messages.Open(context.caller.account_id, *request.encoded_message);
  if (!message) {
    return api::sts::InvalidAuthorizationMessage("Message is not valid");
  }
  api::sts::DecodeAuthorizationMessageResponse response;
  response.decoded_message = std::move(*message);
  return response;
}

}  // namespace

void RegisterIdentity(pipeline::Registry& registry) {
  registry.Read("sts", "GetCallerIdentity", GetCallerIdentity);
  registry.Read("sts", "GetAccessKeyInfo", GetAccessKeyInfo);
  registry.Read("sts", "DecodeAuthorizationMessage", DecodeAuthorizationMessage);
}

}  // namespace wardkeep::service::sts
