// BeginPasskeyRegistration and FinishPasskeyRegistration.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::passkeys {

void RegisterRegistration(pipeline::Registry& registry);

}  // namespace wardkeep::service::passkeys
