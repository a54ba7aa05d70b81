#include "service/signin/mfa_check.h"

#include <utility>
#include <vector>

#include "pipeline/second_factor.h"

namespace wardkeep::service::signin {
namespace {

// The device that accepts the code; nullopt for none. A passkey accepts none.
std::optional<std::string> UseCode(const pipeline::Services& services, snapshot::AccountEdit& edit,
                                   std::string_view owner_id, const std::string& code, base::Instant now) {
  std::vector<std::string> serial_numbers;
  for (const entity::MfaDevice* device : edit.state().MfaDevicesOf(owner_id)) {
    serial_numbers.push_back(device->serial_number);
  }
  for (std::string& serial_number : serial_numbers) {
    const pipeline::TokenCodeUse use{
        .owner_id = std::string(owner_id), .serial_number = serial_number, .code = code, .throttled = false};
    if (pipeline::UseTokenCode(services, edit, use, now)) return std::move(serial_number);
  }
  return std::nullopt;
}

}  // namespace

MfaOutcome CheckMfa(const pipeline::Services& services, const snapshot::AccountStatePtr& account,
                    std::string_view owner_id, const SecondFactor& factor, base::Instant now) {
  if (!pipeline::HasMfaDevice(*account, owner_id)) return {MfaVerdict::kNoDevice, {}, {}};
  if (factor.assertion) {
    auto verified = pipeline::VerifyAssertion(services, *account, owner_id, *factor.assertion);
    if (!verified) return {MfaVerdict::kWrong, {}, {}};
    std::string serial_number = verified->serial_number;
    return {MfaVerdict::kVerified, std::move(serial_number), std::move(verified).value()};
  }
  if (factor.code.empty()) return {MfaVerdict::kMissing, {}, {}};
  snapshot::AccountEdit trial(account);  // abandoned: the code stays unused
  auto used = UseCode(services, trial, owner_id, factor.code, now);
  if (!used) return {MfaVerdict::kWrong, {}, {}};
  return {MfaVerdict::kVerified, std::move(*used), {}};
}

MfaVerdict UseMfa(const pipeline::Services& services, snapshot::AccountEdit& edit, std::string_view owner_id,
                  const SecondFactor& factor, const MfaOutcome& checked, base::Instant now) {
  if (!pipeline::HasMfaDevice(edit.state(), owner_id)) return MfaVerdict::kNoDevice;
  if (checked.assertion) {
    return pipeline::UseAssertion(edit, owner_id, *checked.assertion) ? MfaVerdict::kVerified
                                                                      : MfaVerdict::kWrong;
  }
  if (factor.code.empty()) return MfaVerdict::kMissing;
  return UseCode(services, edit, owner_id, factor.code, now) ? MfaVerdict::kVerified : MfaVerdict::kWrong;
}

}  // namespace wardkeep::service::signin
