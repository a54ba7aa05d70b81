#include "service/signin/mfa_check.h"

#include "pipeline/second_factor.h"

namespace wardkeep::service::signin {

// A device without codes (FIDO) accepts none, so whoever has only such devices does not get in with a
// password.
MfaOutcome UseMfa(const pipeline::Services& services, snapshot::AccountEdit& edit, std::string_view owner_id,
                  std::string_view code, base::Instant now) {
  std::vector<std::string> serial_numbers;
  for (const entity::MfaDevice* device : edit.state().MfaDevicesOf(owner_id)) {
    serial_numbers.push_back(device->serial_number);
  }
  if (serial_numbers.empty()) return {MfaVerdict::kNoDevice, {}};
  if (code.empty()) return {MfaVerdict::kMissing, {}};
  for (const std::string& serial_number : serial_numbers) {
    const pipeline::TokenCodeUse use{
        .owner_id = std::string(owner_id), .serial_number = serial_number, .code = std::string(code)};
    if (pipeline::UseTokenCode(services, edit, use, now)) return {MfaVerdict::kVerified, serial_number};
  }
  return {MfaVerdict::kWrong, {}};
}

MfaOutcome CheckMfa(const pipeline::Services& services, const snapshot::AccountStatePtr& account,
                    std::string_view owner_id, std::string_view code, base::Instant now) {
  snapshot::AccountEdit trial(account);  // abandoned: the code stays unused
  return UseMfa(services, trial, owner_id, code, now);
}

}  // namespace wardkeep::service::signin
