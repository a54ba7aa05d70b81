#include "pipeline/second_factor.h"

#include <utility>

#include "auth/totp.h"
#include "base/base64.h"

namespace wardkeep::pipeline {
namespace {

constexpr int64_t kTolerance = 2;
// From 998 steps before the clock to 1,000 after it.
constexpr int64_t kPairCentre = 1;
constexpr int64_t kPairRadius = 999;

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
  if (use.throttled && services.mfa_throttle.MustWait(key)) return MfaRefusal::kInvalidCode;
  const entity::Totp& totp = *found->totp;
  const auto seed = services.keys.mfa_seed.Open(totp.sealed_seed, key);
  if (!seed) return MfaRefusal::kUnknownDevice;  // sealed with another master key
  const int64_t centre = auth::TotpStepAt(now, totp.form) + totp.drift_steps;
  const auto step = auth::FindTotpStep(base::AsBytes(seed->Reveal()), totp.form, use.code,
                                       {centre, kTolerance, totp.last_used_step});
  if (!step) {
    if (use.throttled) services.mfa_throttle.Failed(key);
    return MfaRefusal::kInvalidCode;
  }
  if (use.throttled) services.mfa_throttle.Succeeded(key);
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
  if (services.mfa_throttle.MustWait(key)) return MfaRefusal::kInvalidCode;
  const auto seed = services.keys.mfa_seed.Open(device.totp->sealed_seed, key);
  if (!seed) return MfaRefusal::kUnknownDevice;
  const int64_t centre = auth::TotpStepAt(now, device.totp->form);
  const auto step =
      auth::FindTotpPair(base::AsBytes(seed->Reveal()), device.totp->form, codes.first, codes.second,
                         {centre + kPairCentre, kPairRadius, device.totp->last_used_step});
  if (!step) {
    services.mfa_throttle.Failed(key);
    return MfaRefusal::kInvalidCode;
  }
  services.mfa_throttle.Succeeded(key);
  entity::MfaDevice changed = device;
  changed.totp->last_used_step = *step;
  changed.totp->drift_steps = *step - centre;
  return changed;
}

}  // namespace wardkeep::pipeline
