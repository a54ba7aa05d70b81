// BeginPasskeyAssertion and FinishPasskeyAssertion.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::passkeys {

void RegisterAssertion(pipeline::Registry& registry);

}  // namespace wardkeep::service::passkeys
