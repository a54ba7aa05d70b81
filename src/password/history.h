// Comparing a new password with the present and former ones. Each comparison costs one Argon2id hash, so this
// runs on the password pool only. Pure functions.
#pragma once

#include "base/secret.h"
#include "entity/login_profile.h"

namespace wardkeep::password {

// Whether `password` is among the `count` newest passwords of the profile, the present one included.
bool WasUsed(const base::Secret& password, const entity::LoginProfile& profile, int32_t count);

}  // namespace wardkeep::password
