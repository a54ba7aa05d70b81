// A short text of a password's hash: sessions carry it, so that they end with the password they were made
// with. Every password that is set has another mark, the same one set again included, because hashes are
// salted.
#pragma once

#include <cstdint>
#include <string_view>

namespace wardkeep::auth {

// 64 bits of the SHA-256 of the Argon2id text, never 0. Of an empty hash (no password): 0.
uint64_t PasswordMark(std::string_view password_hash);

}  // namespace wardkeep::auth
