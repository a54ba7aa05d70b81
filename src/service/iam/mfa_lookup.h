// What the MFA operations share: whose devices a call is about, and its errors.
#pragma once

#include <optional>
#include <string>

#include "pipeline/operation_context.h"
#include "pipeline/second_factor.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// A user, or the root user when `user` is null.
struct MfaHolder {
  const entity::User* user = nullptr;
  std::string owner_id;
  std::optional<std::string> shown_name;  // none for root
};

// Without a name the devices are the caller's own: the right was checked on the caller (api-surface,
// "Implicit user"). Root may also give the account id, for clients that insist on a name.
ApiResult<MfaHolder> FindMfaHolder(const pipeline::OperationContext& context,
                                   const snapshot::AccountState& account,
                                   const std::optional<std::string>& name);

// NoSuchEntity unless the device exists.
ApiResult<const entity::MfaDevice*> RequireMfaDevice(const snapshot::AccountState& account,
                                                     std::string_view serial_number);
// The same for operations on virtual devices only.
ApiResult<const entity::MfaDevice*> RequireVirtualMfaDevice(const snapshot::AccountState& account,
                                                            std::string_view serial_number);
// NoSuchEntity unless the device exists and is the holder's.
ApiResult<const entity::MfaDevice*> RequireMfaDeviceOf(const snapshot::AccountState& account,
                                                       const MfaHolder& holder,
                                                       std::string_view serial_number);

}  // namespace wardkeep::service::iam
