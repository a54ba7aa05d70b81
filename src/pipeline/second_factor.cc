#include "pipeline/second_factor.h"

#include <cstdlib>
#include <utility>

#include "auth/totp.h"
#include "base/base64.h"

namespace wardkeep::pipeline {
namespace {

constexpr int64_t kDriftRadius = 1;

// What one step of tolerance covers is no drift. A person needs time to type the second code, so the device
// may be one step ahead of what its code says, never behind.
int64_t LearnedDrift(int64_t observed) {
  if (std::abs(observed) <= kDriftRadius) return 0;
  return observed < 0 ? observed + 1 : observed;
}

}  // namespace

std::string MfaOwnerId(const snapshot::AccountState& account, const entity::User* user) {
  return user == nullptr ? account.id().value() : user->id;
}

bool HasMfaDevice(const snapshot::AccountState& account, std::string_view owner_id) {
  return !account.MfaDevicesOf(owner_id).empty();
}

std::string MfaDeviceKey(const base::AccountId& account, std::string_view serial_number) {
  return account.value() + "/" + std::string(serial_number);
}

base::Result<void, MfaRefusal> UseTokenCode(const Services& services, snapshot::AccountEdit& edit,
                                            const TokenCodeUse& use, base::Instant now) {
  const entity::MfaDevice* found = edit.state().FindMfaDevice(use.serial_number);
  if (found == nullptr || !found->is_assigned() || found->owner_id != use.owner_id || !found->totp) {
    return MfaRefusal::kUnknownDevice;
  }
  const std::string key = MfaDeviceKey(edit.state().id(), found->serial_number);
  if (services.mfa_throttle.MustWait(key, now)) return MfaRefusal::kInvalidCode;
  const entity::Totp& totp = *found->totp;
  const auto seed = services.keys.mfa_seed.Open(totp.sealed_seed, key);
  if (!seed) return MfaRefusal::kUnknownDevice;  // sealed with another master key
  const int64_t centre = auth::TotpStepAt(now, totp.form) + totp.drift_steps;
  const auto step = auth::FindTotpStep(base::AsBytes(seed->Reveal()), totp.form, use.code,
                                       {centre, kDriftRadius, totp.last_used_step});
  if (!step) {
    services.mfa_throttle.Failed(key, now);
    return MfaRefusal::kInvalidCode;
  }
  services.mfa_throttle.Succeeded(key);
  entity::MfaDevice device = *found;
  device.totp->last_used_step = *step;
  edit.PutMfaDevice(std::move(device));
  return {};
}

base::Result<entity::MfaDevice, MfaRefusal> UseCodePair(const Services& services,
                                                        const snapshot::AccountState& account,
                                                        const entity::MfaDevice& device,
                                                        const CodePair& codes, base::Instant now) {
  if (!device.totp) return MfaRefusal::kUnknownDevice;
  const std::string key = MfaDeviceKey(account.id(), device.serial_number);
  if (services.mfa_throttle.MustWait(key, now)) return MfaRefusal::kInvalidCode;
  const auto seed = services.keys.mfa_seed.Open(device.totp->sealed_seed, key);
  if (!seed) return MfaRefusal::kUnknownDevice;
  const int64_t centre = auth::TotpStepAt(now, device.totp->form);
  const auto step = auth::FindTotpPair(base::AsBytes(seed->Reveal()), device.totp->form, codes.first,
                                       codes.second, {centre, codes.radius, device.totp->last_used_step});
  if (!step) {
    services.mfa_throttle.Failed(key, now);
    return MfaRefusal::kInvalidCode;
  }
  services.mfa_throttle.Succeeded(key);
  entity::MfaDevice changed = device;
  changed.totp->last_used_step = *step;
  changed.totp->drift_steps = LearnedDrift(*step - centre);
  return changed;
}

}  // namespace wardkeep::pipeline
