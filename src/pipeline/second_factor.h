// The second factor of a user or of root: which devices they have, and the use of a one-time code. Called by
// STS (SerialNumber and TokenCode), by the MFA operations of IAM, and by sign-in.
//
// A code works once. Using it writes the device (the last used step), so it happens inside a write of the
// account: two requests with one code run one after the other on the newest state, and the second one finds
// the step used. The caller answers when the write is durable. An edit that is abandoned afterwards leaves
// the code unused.
//
//   // sign-in, inside Directory::Write's mutation:
//   const std::string owner = MfaOwnerId(edit.state(), user);           // null user: root
//   if (HasMfaDevice(edit.state(), owner)) {
//     if (auto used = UseTokenCode(services, edit, {owner, serial, code}, now); !used) return
//     refuse(used.error());
//   }
//
// Functions without state of their own; thread-safe as far as their arguments are.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "pipeline/services.h"
#include "snapshot/account_edit.h"

namespace wardkeep::pipeline {

enum class MfaRefusal {
  kUnknownDevice,  // no such device, not this owner's, or one that has no codes (FIDO)
  kInvalidCode,    // wrong, used before, outside the tolerance of two steps, or too many wrong ones before
                   // (MfaThrottle)
};

// How devices name their owner: the unique id of the user; the account id for root, when `user` is null.
std::string MfaOwnerId(const snapshot::AccountState& account, const entity::User* user);

bool HasMfaDevice(const snapshot::AccountState& account, std::string_view owner_id);

struct TokenCodeUse {
  std::string owner_id;
  std::string serial_number;
  std::string code;
  bool throttled = true;  // false at sign-in, where SigninThrottle::BeginCode comes before
};

// Accepts a code of the current step of the device or of one up to two steps before or after it (data-formats
// section 9) that is later than the last step used; notes it in the edit. Nothing is changed when it refuses.
base::Result<void, MfaRefusal> UseTokenCode(const Services& services, snapshot::AccountEdit& edit,
                                            const TokenCodeUse& use, base::Instant now);

struct CodePair {
  std::string first;
  std::string second;
};

// Two codes in a row, for assigning a device and for synchronising it: the second is of a step from 998
// before to 1,000 after the clock (data-formats section 9). The difference becomes the device's drift. Gives
// the device with its new state, not yet put into the edit.
base::Result<entity::MfaDevice, MfaRefusal> UseCodePair(const Services& services,
                                                        const snapshot::AccountState& account,
                                                        const entity::MfaDevice& device,
                                                        const CodePair& codes, base::Instant now);

// The text that binds a sealed seed to its device, and names the device to MfaThrottle.
std::string MfaDeviceKey(const base::AccountId& account, std::string_view serial_number);

}  // namespace wardkeep::pipeline
