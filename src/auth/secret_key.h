// Secret access keys: 40 characters of the base64 alphabet, 240 random bits (reference/sigv4.md section 5).
#pragma once

#include "base/rng.h"
#include "base/secret.h"

namespace wardkeep::auth {

base::Secret MakeSecretKey(base::Rng& rng);

}  // namespace wardkeep::auth
