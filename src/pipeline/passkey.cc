#include "pipeline/passkey.h"

#include <utility>

#include "pipeline/second_factor.h"

namespace wardkeep::pipeline {
namespace {

using fido::Ceremony;
using fido::Refusal;

PasskeyOptions Begin(const Services& services, const snapshot::AccountState& account,
                     std::string_view owner_id, Ceremony ceremony) {
  PasskeyOptions options;
  options.challenge =
      services.fido_challenges.Give(MfaDeviceKey(account.id(), owner_id), ceremony, services.rng);
  for (const entity::MfaDevice* device : account.MfaDevicesOf(owner_id)) {
    if (device->fido) options.credential_ids.push_back(device->fido->credential_id);
  }
  return options;
}

base::Result<fido::ClientData, Refusal> TakeChallenge(const Services& services,
                                                      const base::AccountId& account,
                                                      std::string_view owner_id, std::string_view client_data,
                                                      Ceremony ceremony) {
  WK_ASSIGN(fido::ClientData client, fido::ReadClientData(client_data, ceremony));
  if (!services.fido_challenges.Take(client.challenge, MfaDeviceKey(account, owner_id), ceremony)) {
    return Refusal::kWrongChallenge;
  }
  return client;
}

}  // namespace

PasskeyOptions BeginRegistration(const Services& services, const snapshot::AccountState& account,
                                 std::string_view owner_id) {
  return Begin(services, account, owner_id, Ceremony::kRegistration);
}

PasskeyOptions BeginAssertion(const Services& services, const snapshot::AccountState& account,
                              std::string_view owner_id) {
  return Begin(services, account, owner_id, Ceremony::kAssertion);
}

base::Result<fido::Credential, Refusal> FinishRegistration(const Services& services,
                                                           const snapshot::AccountState& account,
                                                           std::string_view owner_id,
                                                           const RegistrationAnswer& answer) {
  WK_ASSIGN(const fido::ClientData client,
            TakeChallenge(services, account.id(), owner_id, answer.client_data, Ceremony::kRegistration));
  WK_ASSIGN(fido::Credential credential,
            fido::VerifyRegistration(services.relying_party, client,
                                     {answer.client_data, answer.attestation_object}));
  bool known = false;
  account.mfa_devices().ForEach([&](const std::string&, const snapshot::MfaDevicePtr& device) {
    if (device->fido && device->fido->credential_id == credential.id) known = true;
  });
  if (known) return Refusal::kMalformed;
  return credential;
}

base::Result<VerifiedAssertion, Refusal> VerifyAssertion(const Services& services,
                                                         const snapshot::AccountState& account,
                                                         std::string_view owner_id,
                                                         const AssertionAnswer& answer) {
  WK_ASSIGN(const fido::ClientData client,
            TakeChallenge(services, account.id(), owner_id, answer.client_data, Ceremony::kAssertion));
  for (const entity::MfaDevice* device : account.MfaDevicesOf(owner_id)) {
    if (!device->fido || device->fido->credential_id != answer.credential_id) continue;
    const fido::Credential credential{.id = device->fido->credential_id,
                                      .public_key = device->fido->public_key,
                                      .algorithm = static_cast<fido::Algorithm>(device->fido->algorithm),
                                      .sign_count = device->fido->sign_count,
                                      .aaguid = device->fido->aaguid};
    WK_ASSIGN(const uint32_t sign_count,
              fido::VerifyAssertion(services.relying_party, credential, client,
                                    {answer.client_data, answer.authenticator_data, answer.signature}));
    return VerifiedAssertion{device->serial_number, answer.credential_id, sign_count};
  }
  return Refusal::kBadSignature;
}

bool UseAssertion(snapshot::AccountEdit& edit, std::string_view owner_id, const VerifiedAssertion& verified) {
  for (const entity::MfaDevice* device : edit.state().MfaDevicesOf(owner_id)) {
    if (device->serial_number != verified.serial_number || !device->fido ||
        device->fido->credential_id != verified.credential_id) {
      continue;
    }
    const uint32_t seen = device->fido->sign_count;
    const bool counts = seen != 0 || verified.sign_count != 0;
    if (counts && verified.sign_count <= seen) return false;
    entity::MfaDevice changed = *device;
    changed.fido->sign_count = verified.sign_count;
    edit.PutMfaDevice(std::move(changed));
    return true;
  }
  return false;
}

base::Result<std::string, Refusal> FinishAssertion(const Services& services, snapshot::AccountEdit& edit,
                                                   std::string_view owner_id, const AssertionAnswer& answer) {
  WK_ASSIGN(VerifiedAssertion verified, VerifyAssertion(services, edit.state(), owner_id, answer));
  if (!UseAssertion(edit, owner_id, verified)) return Refusal::kCounterWentBack;
  return std::move(verified.serial_number);
}

}  // namespace wardkeep::pipeline
