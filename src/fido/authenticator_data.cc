#include "fido/authenticator_data.h"

#include "fido/cbor_span.h"

namespace wardkeep::fido {
namespace {

constexpr std::size_t kFixedSize = 37;  // hash, flags, counter
constexpr std::size_t kHashSize = 32;
constexpr std::size_t kAaguidSize = 16;
constexpr std::size_t kLongestId = 1023;

enum Flag : uint8_t { kUserPresent = 1, kUserVerified = 4, kHasCredential = 64, kHasExtensions = 128 };

uint8_t ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

bool TakeCredential(std::string_view& bytes, AuthenticatorData& data) {
  if (bytes.size() < kAaguidSize + 2) return false;
  data.aaguid = bytes.substr(0, kAaguidSize);
  const std::size_t length =
      static_cast<std::size_t>(ByteAt(bytes, kAaguidSize)) << 8 | ByteAt(bytes, kAaguidSize + 1);
  bytes.remove_prefix(kAaguidSize + 2);
  if (length == 0 || length > kLongestId || length > bytes.size()) return false;
  data.credential_id = bytes.substr(0, length);
  bytes.remove_prefix(length);
  const auto key = ItemSize(bytes);
  if (!key) return false;
  data.public_key = bytes.substr(0, *key);
  bytes.remove_prefix(*key);
  return true;
}

}  // namespace

std::optional<AuthenticatorData> ReadAuthenticatorData(std::string_view bytes,
                                                       AttestedCredential credential) {
  if (bytes.size() < kFixedSize) return std::nullopt;
  AuthenticatorData data;
  data.relying_party_hash = bytes.substr(0, kHashSize);
  const uint8_t flags = ByteAt(bytes, kHashSize);
  data.user_present = (flags & kUserPresent) != 0;
  data.user_verified = (flags & kUserVerified) != 0;
  for (std::size_t i = kHashSize + 1; i < kFixedSize; ++i)
    data.sign_count = data.sign_count << 8 | ByteAt(bytes, i);
  bytes.remove_prefix(kFixedSize);
  const bool has_credential = (flags & kHasCredential) != 0;
  if (has_credential != (credential == AttestedCredential::kRequired)) return std::nullopt;
  if (has_credential && !TakeCredential(bytes, data)) return std::nullopt;
  if ((flags & kHasExtensions) != 0) {
    const auto extensions = ItemSize(bytes);
    if (!extensions) return std::nullopt;
    bytes.remove_prefix(*extensions);
  }
  if (!bytes.empty()) return std::nullopt;
  return data;
}

}  // namespace wardkeep::fido
