// GetCallerIdentity, GetAccessKeyInfo, DecodeAuthorizationMessage.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterIdentity(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
