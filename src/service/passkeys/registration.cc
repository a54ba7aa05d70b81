#include "service/passkeys/registration.h"

#include <array>
#include <utility>

#include "api/passkeys/types.h"
#include "base/base32.h"
#include "entity/arn.h"
#include "pipeline/passkey.h"
#include "service/iam/mfa_lookup.h"
#include "service/iam/quota_check.h"
#include "service/passkeys/ceremony.h"

namespace wardkeep::service::passkeys {
namespace {

using iam::ApiResult;
using pipeline::ReadContext;
using pipeline::WriteContext;

constexpr std::string_view kRootName = "root";

ApiResult<void> CheckRoom(const pipeline::OperationContext& context, const snapshot::AccountState& account,
                          const iam::MfaHolder& holder) {
  return iam::CheckQuota(context, entity::Quota::kMfaDevicesPerUser,
                         account.MfaDevicesOf(holder.owner_id).size());
}

ApiResult<api::passkeys::BeginPasskeyRegistrationResponse> BeginRegistration(
    const ReadContext& context, const api::passkeys::BeginPasskeyRegistrationRequest& request) {
  WK_ASSIGN(const iam::MfaHolder holder, iam::FindMfaHolder(context, context.account, request.user_name));
  WK_TRY(CheckRoom(context, context.account, holder));
  pipeline::PasskeyOptions options =
      pipeline::BeginRegistration(context.services, context.account, holder.owner_id);
  const fido::RelyingParty& party = context.services.relying_party;
  api::passkeys::BeginPasskeyRegistrationResponse response;
  response.challenge = std::move(options.challenge);
  response.relying_party_id = party.id;
  response.relying_party_name = "Wardkeep";
  response.user_handle = holder.owner_id;
  response.user_name = holder.shown_name.value_or(std::string(kRootName));
  response.algorithms = std::vector<int32_t>{static_cast<int32_t>(fido::Algorithm::kEs256),
                                             static_cast<int32_t>(fido::Algorithm::kEdDsa),
                                             static_cast<int32_t>(fido::Algorithm::kRs256)};
  response.exclude_credentials = std::move(options.credential_ids);
  response.user_verification = VerificationWord(party);
  response.timeout_seconds = kTimeoutSeconds;
  return response;
}

// A name that was used and given up names another device: 128 random bits follow it (data-formats section 1).
std::string MakeSerialNumber(const WriteContext& context, const iam::MfaHolder& holder,
                             const std::string& name) {
  std::array<uint8_t, 16> random{};
  context.services.rng.Fill(random);
  const std::string path =
      holder.shown_name ? "/user/" + *holder.shown_name + "/" : std::string("/root-account-mfa-device/");
  return entity::EntityArn(context.account().id(), "u2f", path, name + "-" + base::Base32Encode(random));
}

ApiResult<api::passkeys::FinishPasskeyRegistrationResponse> FinishRegistration(
    WriteContext& context, const api::passkeys::FinishPasskeyRegistrationRequest& request) {
  WK_ASSIGN(const iam::MfaHolder holder, iam::FindMfaHolder(context, context.account(), request.user_name));
  WK_TRY(CheckRoom(context, context.account(), holder));
  auto credential = pipeline::FinishRegistration(context.services, context.account(), holder.owner_id,
                                                 {*request.client_data_json, *request.attestation_object});
  if (!credential) return Refused(credential.error());
  entity::MfaDevice device;
  device.kind = entity::MfaKind::kFido;
  device.name = *request.device_name;
  device.serial_number = MakeSerialNumber(context, holder, device.name);
  device.create_date = context.now;
  device.owner_id = holder.owner_id;
  device.enable_date = context.now;
  device.fido = entity::FidoCredential{.credential_id = std::move(credential->id),
                                       .public_key = std::move(credential->public_key),
                                       .algorithm = static_cast<int32_t>(credential->algorithm),
                                       .sign_count = credential->sign_count,
                                       .aaguid = std::move(credential->aaguid)};
  api::passkeys::FinishPasskeyRegistrationResponse response;
  response.serial_number = device.serial_number;
  response.enable_date = device.enable_date;
  context.edit.PutMfaDevice(std::move(device));
  return response;
}

}  // namespace

void RegisterRegistration(pipeline::Registry& registry) {
  registry.Read("passkeys", "BeginPasskeyRegistration", BeginRegistration);
  registry.Write("passkeys", "FinishPasskeyRegistration", FinishRegistration);
}

}  // namespace wardkeep::service::passkeys
