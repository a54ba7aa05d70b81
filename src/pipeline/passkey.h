// FIDO credentials as second factors: the four halves of registration and assertion, for the API of passkeys
// and for sign-in. Begin gives a challenge; Finish takes the browser's answer inside a write of the account,
// because the credential, or its new counter, has to be durable before the caller is answered.
//
//   // sign-in, after the password was right:
//   const PasskeyOptions options = BeginAssertion(services, account, owner_id);  // to the browser
//   auto verified = VerifyAssertion(services, account, owner_id, answer);        // next request
//   if (!UseAssertion(edit, owner_id, *verified)) ...        // inside Directory::Write's mutation
//
// Functions without state of their own; thread-safe as far as their arguments are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "fido/verify.h"
#include "pipeline/services.h"
#include "snapshot/account_edit.h"

namespace wardkeep::pipeline {

struct PasskeyOptions {
  std::string challenge;                    // bytes
  std::vector<std::string> credential_ids;  // bytes; of the owner's devices, to exclude or to allow
};

PasskeyOptions BeginRegistration(const Services& services, const snapshot::AccountState& account,
                                 std::string_view owner_id);
PasskeyOptions BeginAssertion(const Services& services, const snapshot::AccountState& account,
                              std::string_view owner_id);

struct RegistrationAnswer {
  std::string client_data;         // bytes of the JSON
  std::string attestation_object;  // bytes
};

// The verified credential. Its challenge is used even when it is refused. It must still be put into the edit
// as a device; a credential that the account already has is refused as malformed.
base::Result<fido::Credential, fido::Refusal> FinishRegistration(const Services& services,
                                                                 const snapshot::AccountState& account,
                                                                 std::string_view owner_id,
                                                                 const RegistrationAnswer& answer);

struct AssertionAnswer {
  std::string credential_id;  // bytes, as are the others
  std::string client_data;
  std::string authenticator_data;
  std::string signature;
};

struct VerifiedAssertion {
  std::string serial_number;  // of the owner's device that answered
  std::string credential_id;
  uint32_t sign_count = 0;
};

// Its challenge is used even when it is refused. A credential of someone else is refused with kBadSignature,
// like any that we do not know.
base::Result<VerifiedAssertion, fido::Refusal> VerifyAssertion(const Services& services,
                                                               const snapshot::AccountState& account,
                                                               std::string_view owner_id,
                                                               const AssertionAnswer& answer);

// Puts the counter into the edit. False, and nothing changed, when the device is gone or another answer has
// moved its counter as far meanwhile.
[[nodiscard]] bool UseAssertion(snapshot::AccountEdit& edit, std::string_view owner_id,
                                const VerifiedAssertion& verified);

// Both in one write: the serial number of the device, whose counter is in the edit.
base::Result<std::string, fido::Refusal> FinishAssertion(const Services& services,
                                                         snapshot::AccountEdit& edit,
                                                         std::string_view owner_id,
                                                         const AssertionAnswer& answer);

}  // namespace wardkeep::pipeline
