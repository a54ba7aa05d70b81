// The stored form of the console sessions that were signed out. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/sign_outs.h"

namespace wardkeep::snapshot {

std::string EncodeSignOuts(const entity::SignOuts& outs);
// kCorrupt for a body that is not as written.
base::Result<entity::SignOuts> DecodeSignOuts(std::string_view body);

}  // namespace wardkeep::snapshot
