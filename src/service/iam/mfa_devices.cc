#include "service/iam/mfa_devices.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/mfa_lookup.h"
#include "service/iam/quota_check.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::MfaKind;
using pipeline::ReadContext;
using pipeline::WriteContext;

ApiResult<entity::MfaDevice> TakeCodes(const WriteContext& context, const entity::MfaDevice& device,
                                       const auto& request) {
  auto taken =
      pipeline::UseCodePair(context.services, context.account(), device,
                            {*request.authentication_code1, *request.authentication_code2}, context.now);
  if (taken) return std::move(taken).value();
  return api::iam::InvalidAuthenticationCode("Authentication code for device is not valid.");
}

// A user who has a device adds and removes own devices only in a session that was made with one of them
// (data-formats section 9): whoever finds an access key must not take the second factor over.
ApiResult<void> CheckOwnChange(const WriteContext& context, const MfaHolder& holder) {
  const pipeline::CallerIdentity& caller = context.caller;
  const bool is_own = caller.is_iam_user() && caller.user != nullptr && holder.owner_id == caller.user->id;
  const bool has_mfa = caller.session && caller.session->mfa_authenticated;
  if (!is_own || has_mfa || context.account().MfaDevicesOf(holder.owner_id).empty()) return {};
  return api::AccessDenied(
      "A user with an MFA device must be authenticated with it to change own MFA devices. "
      "Call GetSessionToken with SerialNumber and TokenCode first.");
}

api::ApiError AlreadyEnabled(const entity::MfaDevice& device, const MfaHolder& holder,
                             const base::AccountId& account) {
  if (device.owner_id != holder.owner_id) {
    return api::iam::EntityAlreadyExists("MFA Device is already in use.");
  }
  return api::iam::EntityAlreadyExists("MFA Device for user " + holder.shown_name.value_or(account.value()) +
                                       " already exists.");
}

ApiResult<api::iam::EnableMFADeviceResponse> EnableMfaDevice(
    WriteContext& context, const api::iam::EnableMFADeviceRequest& request) {
  const snapshot::AccountState& account = context.account();
  WK_ASSIGN(const MfaHolder holder, FindMfaHolder(context, account, request.user_name));
  WK_ASSIGN(const entity::MfaDevice* found, RequireMfaDevice(account, *request.serial_number));
  WK_TRY(CheckOwnChange(context, holder));
  if (found->is_assigned()) return AlreadyEnabled(*found, holder, account.id());
  WK_TRY(
      CheckQuota(context, entity::Quota::kMfaDevicesPerUser, account.MfaDevicesOf(holder.owner_id).size()));
  WK_ASSIGN(entity::MfaDevice device, TakeCodes(context, *found, request));
  device.owner_id = holder.owner_id;
  device.enable_date = context.now;
  context.edit.PutMfaDevice(std::move(device));
  return api::iam::EnableMFADeviceResponse{};
}

ApiResult<api::iam::ResyncMFADeviceResponse> ResyncMfaDevice(
    WriteContext& context, const api::iam::ResyncMFADeviceRequest& request) {
  WK_ASSIGN(const MfaHolder holder, FindMfaHolder(context, context.account(), request.user_name));
  WK_ASSIGN(const entity::MfaDevice* found,
            RequireMfaDeviceOf(context.account(), holder, *request.serial_number));
  WK_ASSIGN(entity::MfaDevice device, TakeCodes(context, *found, request));
  context.edit.PutMfaDevice(std::move(device));
  return api::iam::ResyncMFADeviceResponse{};
}

// The device stays, free for someone else; what a used code has used stays used.
ApiResult<api::iam::DeactivateMFADeviceResponse> DeactivateMfaDevice(
    WriteContext& context, const api::iam::DeactivateMFADeviceRequest& request) {
  WK_ASSIGN(const MfaHolder holder, FindMfaHolder(context, context.account(), request.user_name));
  WK_ASSIGN(const entity::MfaDevice* found,
            RequireMfaDeviceOf(context.account(), holder, *request.serial_number));
  WK_TRY(CheckOwnChange(context, holder));
  if (found->kind == MfaKind::kFido) {  // the credential is its owner's and nobody else's
    context.edit.DeleteMfaDevice(*request.serial_number);
    return api::iam::DeactivateMFADeviceResponse{};
  }
  entity::MfaDevice device = *found;
  device.owner_id.clear();
  device.enable_date.reset();
  context.edit.PutMfaDevice(std::move(device));
  return api::iam::DeactivateMFADeviceResponse{};
}

ApiResult<api::iam::ListMFADevicesResponse> ListMfaDevices(const ReadContext& context,
                                                           const api::iam::ListMFADevicesRequest& request) {
  WK_ASSIGN(const MfaHolder holder, FindMfaHolder(context, context.account, request.user_name));
  std::vector<std::pair<std::string, const entity::MfaDevice*>> devices;
  for (const entity::MfaDevice* device : context.account.MfaDevicesOf(holder.owner_id)) {
    devices.emplace_back(PageKey(device->serial_number), device);
  }
  std::sort(devices.begin(), devices.end());
  api::iam::ListMFADevicesResponse response;
  response.mfa_devices.emplace();
  const PageRequest page{"ListMFADevices|" + holder.owner_id, request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, devices, [&](const entity::MfaDevice* device) {
              response.mfa_devices->push_back({.user_name = holder.shown_name,
                                               .serial_number = device->serial_number,
                                               .enable_date = device->enable_date});
            }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::GetMFADeviceResponse> GetMfaDevice(const ReadContext& context,
                                                       const api::iam::GetMFADeviceRequest& request) {
  WK_ASSIGN(const MfaHolder holder, FindMfaHolder(context, context.account, request.user_name));
  WK_ASSIGN(const entity::MfaDevice* device,
            RequireMfaDeviceOf(context.account, holder, *request.serial_number));
  if (device->kind != MfaKind::kFido) {
    return api::ValidationError(
        "The MFA device serial number sent in the request is invalid or not supported by this API. "
        "Currently, only "
        "hardware FIDO security keys are supported. Please use the compatible device or API.");
  }
  api::iam::GetMFADeviceResponse response;
  response.user_name = holder.shown_name;
  response.serial_number = device->serial_number;
  response.enable_date = device->enable_date;
  return response;
}

}  // namespace

void RegisterMfaDevices(pipeline::Registry& registry) {
  registry.Write("iam", "EnableMFADevice", EnableMfaDevice);
  registry.Write("iam", "ResyncMFADevice", ResyncMfaDevice);
  registry.Write("iam", "DeactivateMFADevice", DeactivateMfaDevice);
  registry.Read("iam", "ListMFADevices", ListMfaDevices);
  registry.Read("iam", "GetMFADevice", GetMfaDevice);
}

}  // namespace wardkeep::service::iam
