// The second factor at sign-in: whether the user or root user has a device, and whether the code given is one
// of it. Who has a device never signs in without a code.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/services.h"
#include "snapshot/account_edit.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::signin {

enum class MfaVerdict : uint8_t {
  kNoDevice,  // nothing to check
  kMissing,   // there is a device and no code was given
  kWrong,     // no device accepts the code, or it was used before
  kVerified,
};

struct MfaOutcome {
  MfaVerdict verdict = MfaVerdict::kNoDevice;
  std::string serial_number;  // of the device that accepted the code
};

// `owner_id`: the user's unique id, or the account id for the root user.
MfaOutcome CheckMfa(const pipeline::Services& services, const snapshot::AccountStatePtr& account,
                    std::string_view owner_id, std::string_view code, base::Instant now);

// The same inside the write of the sign-in; a code that is accepted is used up.
MfaOutcome UseMfa(const pipeline::Services& services, snapshot::AccountEdit& edit, std::string_view owner_id,
                  std::string_view code, base::Instant now);

}  // namespace wardkeep::service::signin
