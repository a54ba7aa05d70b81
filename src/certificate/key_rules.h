// Which public keys certificates may carry: RSA of 1,024 to 16,384 bits and elliptic curves with a name.
// Every key is checked before it is used, so that no key from outside can make an operation slow. Pure
// function.
#pragma once

#include "certificate/handles.h"

namespace wardkeep::certificate {

inline constexpr int kMinRsaBits = 1024;
inline constexpr int kMaxRsaBits = 16384;

bool IsAllowedKey(const evp_pkey_st* key);  // false for null

}  // namespace wardkeep::certificate
