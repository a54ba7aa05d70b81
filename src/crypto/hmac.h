// HMAC-SHA256 (RFC 2104) on a context that each thread prepares once; OpenSSL's one-shot HMAC() costs more
// than twice as much for short messages. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "crypto/digest.h"

namespace wardkeep::crypto {

Sha256Digest HmacSha256(std::span<const uint8_t> key, std::span<const uint8_t> message);
Sha256Digest HmacSha256(std::span<const uint8_t> key, std::string_view message);

}  // namespace wardkeep::crypto
