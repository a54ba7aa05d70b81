#include "service/passkeys/assertion.h"

#include <algorithm>
#include <utility>

#include "api/passkeys/types.h"
#include "pipeline/passkey.h"
#include "service/iam/mfa_lookup.h"
#include "service/passkeys/ceremony.h"
#include "service/sts/session_input.h"

namespace wardkeep::service::passkeys {
namespace {

using iam::ApiResult;
using pipeline::OperationContext;
using pipeline::ReadContext;
using pipeline::WriteContext;

constexpr int32_t kUserDefault = 43200;
constexpr int32_t kRootLimit = 3600;

// An assertion gives the same session as GetSessionToken with a code, to the same callers: a user or root
// with a key of its own (policy-semantics 5.1).
ApiResult<std::string> OwnerOfCaller(const OperationContext& context, const snapshot::AccountState& account,
                                     std::string_view operation) {
  if (context.caller.session) {
    return api::AccessDenied("Cannot call " + std::string(operation) + " with session credentials");
  }
  WK_ASSIGN(const iam::MfaHolder holder, iam::FindMfaHolder(context, account, std::nullopt));
  return holder.owner_id;
}

ApiResult<api::passkeys::BeginPasskeyAssertionResponse> BeginAssertion(
    const ReadContext& context, const api::passkeys::BeginPasskeyAssertionRequest&) {
  WK_ASSIGN(const std::string owner, OwnerOfCaller(context, context.account, "BeginPasskeyAssertion"));
  pipeline::PasskeyOptions options = pipeline::BeginAssertion(context.services, context.account, owner);
  if (options.credential_ids.empty()) {
    return api::passkeys::NoSuchEntity("The caller has no passkey.");
  }
  const fido::RelyingParty& party = context.services.relying_party;
  api::passkeys::BeginPasskeyAssertionResponse response;
  response.challenge = std::move(options.challenge);
  response.relying_party_id = party.id;
  response.allow_credentials = std::move(options.credential_ids);
  response.user_verification = VerificationWord(party);
  response.timeout_seconds = kTimeoutSeconds;
  return response;
}

auth::Session NewSession(const WriteContext& context, const std::string& owner) {
  auth::Session session;
  session.kind = auth::SessionKind::kSessionToken;
  session.account_id = context.caller.account_id;
  session.is_root = context.caller.is_root();
  session.principal_id = owner;
  session.user_name = context.caller.user != nullptr ? context.caller.user->name : std::string();
  session.mfa_authenticated = true;
  session.mfa_at = context.now;
  return session;
}

ApiResult<api::passkeys::FinishPasskeyAssertionResponse> FinishAssertion(
    WriteContext& context, const api::passkeys::FinishPasskeyAssertionRequest& request) {
  WK_ASSIGN(const std::string owner, OwnerOfCaller(context, context.account(), "FinishPasskeyAssertion"));
  auto serial_number = pipeline::FinishAssertion(
      context.services, context.edit, owner,
      {*request.credential_id, *request.client_data_json, *request.authenticator_data, *request.signature});
  if (!serial_number) return Refused(serial_number.error());
  const int32_t asked = request.duration_seconds.value_or(kUserDefault);
  const int32_t duration = context.caller.is_root() ? std::min(asked, kRootLimit) : asked;
  const auto made = auth::IssuedSession::FirstHand(NewSession(context, owner), sts::CallingSession(context),
                                                   sts::IssueNow(context, duration));
  WK_ASSIGN(sts::IssuedCredentials issued, sts::IssueCredentials(context, made, std::nullopt));
  api::passkeys::FinishPasskeyAssertionResponse response;
  response.serial_number = std::move(serial_number).value();
  response.credentials =
      api::passkeys::Credentials{.access_key_id = std::move(issued.credentials.access_key_id),
                                 .secret_access_key = std::move(issued.credentials.secret_access_key),
                                 .session_token = std::move(issued.credentials.session_token),
                                 .expiration = issued.credentials.expiration};
  return response;
}

}  // namespace

void RegisterAssertion(pipeline::Registry& registry) {
  registry.Read("passkeys", "BeginPasskeyAssertion", BeginAssertion);
  registry.Write("passkeys", "FinishPasskeyAssertion", FinishAssertion);
}

}  // namespace wardkeep::service::passkeys
