// The stored body of an MFA device. Encode and decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/mfa_device.h"

namespace wardkeep::snapshot {

std::string EncodeMfaDevice(const entity::MfaDevice& device);
base::Result<entity::MfaDevice> DecodeMfaDevice(std::string_view body);

}  // namespace wardkeep::snapshot
