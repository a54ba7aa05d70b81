// HMAC (RFC 2104). HMAC-SHA256 works on a context that each thread prepares once; OpenSSL's one-shot HMAC()
// costs more than twice as much for short messages. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/digest.h"

namespace wardkeep::crypto {

Sha256Digest HmacSha256(std::span<const uint8_t> key, std::span<const uint8_t> message);
Sha256Digest HmacSha256(std::span<const uint8_t> key, std::string_view message);

// With any hash that one-time passwords use. For rare use: it prepares its context each time.
enum class HmacHash : uint8_t { kSha1, kSha256, kSha512 };
std::vector<uint8_t> Hmac(HmacHash hash, std::span<const uint8_t> key, std::span<const uint8_t> message);

}  // namespace wardkeep::crypto
