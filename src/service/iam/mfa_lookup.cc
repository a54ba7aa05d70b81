#include "service/iam/mfa_lookup.h"

#include "api/iam/errors.h"

namespace wardkeep::service::iam {
namespace {

api::ApiError Missing(std::string_view serial_number) {
  return api::iam::NoSuchEntity("MFA Device with serial number " + std::string(serial_number) +
                                " does not exist.");
}

}  // namespace

ApiResult<MfaHolder> FindMfaHolder(const pipeline::OperationContext& context,
                                   const snapshot::AccountState& account,
                                   const std::optional<std::string>& name) {
  const bool means_root = !name || (*name == account.id().value() && account.FindUser(*name) == nullptr);
  if (context.caller.is_root() && means_root) {
    return MfaHolder{nullptr, pipeline::MfaOwnerId(account, nullptr), std::nullopt};
  }
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, account, name));
  return MfaHolder{user, pipeline::MfaOwnerId(account, user), user->name};
}

ApiResult<const entity::MfaDevice*> RequireMfaDevice(const snapshot::AccountState& account,
                                                     std::string_view serial_number) {
  if (const entity::MfaDevice* device = account.FindMfaDevice(serial_number)) return device;
  return Missing(serial_number);
}

ApiResult<const entity::MfaDevice*> RequireVirtualMfaDevice(const snapshot::AccountState& account,
                                                            std::string_view serial_number) {
  const entity::MfaDevice* device = account.FindMfaDevice(serial_number);
  if (device != nullptr && device->kind == entity::MfaKind::kVirtual) return device;
  return Missing(serial_number);
}

ApiResult<const entity::MfaDevice*> RequireMfaDeviceOf(const snapshot::AccountState& account,
                                                       const MfaHolder& holder,
                                                       std::string_view serial_number) {
  WK_ASSIGN(const entity::MfaDevice* device, RequireMfaDevice(account, serial_number));
  if (device->owner_id == holder.owner_id) return device;
  return api::iam::NoSuchEntity("MFA Device invalid for user.");
}

}  // namespace wardkeep::service::iam
