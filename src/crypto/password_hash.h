// Argon2id password hashes in the standard text form `$argon2id$v=19$m=19456,t=2,p=1$...`, which carries its
// own parameters and salt. One hash costs about 19 MiB and tens of milliseconds: callers bound how many run
// at once. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace wardkeep::crypto {

// Fails only when the memory is not available.
base::Result<std::string> HashPassword(const base::Secret& password);
// False for a wrong password and for text that is not an Argon2id hash.
[[nodiscard]] bool VerifyPassword(std::string_view hash, const base::Secret& password);
// True when the hash was made with other parameters than HashPassword uses today; rehash after a successful
// login.
[[nodiscard]] bool PasswordNeedsRehash(std::string_view hash);

}  // namespace wardkeep::crypto
