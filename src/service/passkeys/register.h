// All operations on passkeys: the half of MFA that AWS keeps in its console (docs/passkeys.md).
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::passkeys {

void RegisterAll(pipeline::Registry& registry);

}  // namespace wardkeep::service::passkeys
