#include "service/iam/virtual_mfa_devices.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "base/base32.h"
#include "base/percent.h"
#include "entity/arn.h"
#include "qr/png.h"
#include "service/iam/mfa_lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/tag_input.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::MfaKind;
using entity::Quota;
using entity::TagKeyCase;
using pipeline::ReadContext;
using pipeline::WriteContext;

constexpr std::size_t kSeedBytes = 40;       // 64 characters of base32 (data-formats section 9)
constexpr std::size_t kLongestSerial = 256;  // what a SerialNumber parameter can name

// The seed as people type it: 64 characters of base32.
base::Secret MakeSeedText(base::Rng& rng, base::Secret& seed) {
  std::array<uint8_t, kSeedBytes> random{};
  rng.Fill(random);
  seed = base::Secret(std::string(random.begin(), random.end()));
  base::Secret text(base::Base32Encode(random));
  explicit_bzero(random.data(), random.size());
  return text;
}

// What authenticator apps read from the picture. The issuer is this product: an app must not show its codes
// as those of an AWS account.
base::Secret EnrolmentUri(const entity::Account& account, const std::string& device,
                          const base::Secret& seed) {
  const std::string& shown = account.alias.empty() ? account.id.value() : account.alias;
  std::string uri = "otpauth://totp/Wardkeep:";
  uri.append(base::PercentEncode(device + "@" + shown)).append("?secret=");
  uri.append(seed.Reveal()).append("&issuer=Wardkeep");
  return base::Secret(std::move(uri));
}

ApiResult<void> CheckSerial(const WriteContext& context, const std::string& serial,
                            const std::string& device_name) {
  if (serial.size() > kLongestSerial) {
    const std::size_t over = serial.size() - kLongestSerial;
    return api::ValidationError(
        "1 validation error detected: Value at 'virtualMFADeviceName' failed to satisfy constraint: Member "
        "must have "
        "length less than or equal to " +
        std::to_string(device_name.size() > over ? device_name.size() - over : 0));
  }
  if (context.account().FindMfaDevice(serial) != nullptr) {
    return api::iam::EntityAlreadyExists("MFA device already exists.");
  }
  return {};
}

std::size_t CountVirtual(const snapshot::AccountState& account) {
  std::size_t count = 0;
  account.mfa_devices().ForEach([&](const std::string&, const snapshot::MfaDevicePtr& device) {
    if (device->kind == MfaKind::kVirtual) ++count;
  });
  return count;
}

ApiResult<api::iam::CreateVirtualMFADeviceResponse> CreateVirtualMfaDevice(
    WriteContext& context, const api::iam::CreateVirtualMFADeviceRequest& request) {
  const snapshot::AccountState& account = context.account();
  entity::MfaDevice device;
  device.name = *request.virtual_mfa_device_name;
  device.serial_number = entity::EntityArn(account.id(), "mfa", request.path.value_or("/"), device.name);
  WK_TRY(CheckSerial(context, device.serial_number, device.name));
  WK_ASSIGN(device.tags, ReadTagsOfNew(request.tags, TagKeyCase::kExact));
  WK_TRY(CheckQuota(context, Quota::kVirtualMfaDevicesPerAccount, CountVirtual(account)));
  device.create_date = context.now;
  base::Secret seed;
  const base::Secret seed_text = MakeSeedText(context.services.rng, seed);
  const std::string key = pipeline::MfaDeviceKey(account.id(), device.serial_number);
  device.totp.emplace().sealed_seed = context.services.keys.mfa_seed.Seal(seed.Reveal(), key);
  const base::Secret uri = EnrolmentUri(account.account(), device.name, seed_text);
  auto picture = qr::EncodePng(uri.Reveal());
  if (!picture) return api::InternalFailure();
  api::iam::CreateVirtualMFADeviceResponse response;
  api::iam::VirtualMFADevice& shown = response.virtual_mfa_device.emplace();
  shown.serial_number = device.serial_number;
  shown.base32_string_seed = std::string(seed_text.Reveal());
  shown.qr_code_png = std::move(picture).value();
  shown.tags = ShowTags(device.tags);
  context.edit.PutMfaDevice(std::move(device));
  return response;
}

api::iam::VirtualMFADevice ShowDevice(const ReadContext& context, const entity::MfaDevice& device) {
  api::iam::VirtualMFADevice shown;
  shown.serial_number = device.serial_number;
  shown.enable_date = device.enable_date;
  if (!device.is_assigned()) return shown;
  if (const entity::User* user = context.account.FindUserById(device.owner_id)) {
    shown.user = ShowUser(context.account, *user, Detail::kList);
  } else {
    shown.user = ShowRootUser(context.account);
  }
  return shown;
}

ApiResult<api::iam::ListVirtualMFADevicesResponse> ListVirtualMfaDevices(
    const ReadContext& context, const api::iam::ListVirtualMFADevicesRequest& request) {
  const std::string status = request.assignment_status.value_or("Any");
  std::vector<std::pair<std::string, const entity::MfaDevice*>> devices;
  context.account.mfa_devices().ForEach([&](const std::string& key, const snapshot::MfaDevicePtr& device) {
    if (device->kind != MfaKind::kVirtual) return;
    if (status == "Any" || device->is_assigned() == (status == "Assigned")) {
      devices.emplace_back(PageKey(key), device.get());
    }
  });
  std::sort(devices.begin(), devices.end());
  api::iam::ListVirtualMFADevicesResponse response;
  response.virtual_mfa_devices.emplace();
  const PageRequest page{"ListVirtualMFADevices|" + status, request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, devices, [&](const entity::MfaDevice* device) {
              response.virtual_mfa_devices->push_back(ShowDevice(context, *device));
            }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::DeleteVirtualMFADeviceResponse> DeleteVirtualMfaDevice(
    WriteContext& context, const api::iam::DeleteVirtualMFADeviceRequest& request) {
  WK_ASSIGN(const entity::MfaDevice* device,
            RequireVirtualMfaDevice(context.account(), *request.serial_number));
  if (device->is_assigned()) {
    return api::iam::DeleteConflict("MFA VirtualDevice in use. Must deactivate first.");
  }
  context.edit.DeleteMfaDevice(*request.serial_number);
  return api::iam::DeleteVirtualMFADeviceResponse{};
}

}  // namespace

void RegisterVirtualMfaDevices(pipeline::Registry& registry) {
  registry.Write("iam", "CreateVirtualMFADevice", CreateVirtualMfaDevice);
  registry.Read("iam", "ListVirtualMFADevices", ListVirtualMfaDevices);
  registry.Write("iam", "DeleteVirtualMFADevice", DeleteVirtualMfaDevice);
}

}  // namespace wardkeep::service::iam
