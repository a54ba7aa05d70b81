// The second factor at sign-in: whether the user or root user has a device, and whether what was given is a
// code or an answer of one of them. Who has a device never signs in without.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/passkey.h"
#include "pipeline/services.h"
#include "snapshot/account_edit.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::signin {

// What the request gives: a code, the answer of a passkey, or nothing.
struct SecondFactor {
  std::string code;
  std::optional<pipeline::AssertionAnswer> assertion;
};

enum class MfaVerdict : uint8_t {
  kNoDevice,  // nothing to check
  kMissing,   // there is a device and nothing was given
  kWrong,     // no device accepts it, or it was used before
  kVerified,
};

struct MfaOutcome {
  MfaVerdict verdict = MfaVerdict::kNoDevice;
  std::string serial_number;                             // of the device that accepted it
  std::optional<pipeline::VerifiedAssertion> assertion;  // when it is a passkey
};

// `owner_id`: the user's unique id, or the account id for the root user. A code stays unused; the challenge
// of an assertion does not, whatever comes of it.
MfaOutcome CheckMfa(const pipeline::Services& services, const snapshot::AccountStatePtr& account,
                    std::string_view owner_id, const SecondFactor& factor, base::Instant now);

// Inside the write of the sign-in: uses the code up, or notes the counter of what was `checked`.
MfaVerdict UseMfa(const pipeline::Services& services, snapshot::AccountEdit& edit, std::string_view owner_id,
                  const SecondFactor& factor, const MfaOutcome& checked, base::Instant now);

}  // namespace wardkeep::service::signin
