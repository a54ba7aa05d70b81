// Keeps derived signing keys, so that a request costs one HMAC instead of five. Bounded, least recently used
// out first, thread-safe; split by access key id into shards with a lock each.
//
// An entry remembers the secret it was derived from and is used only for that secret, so a key id that comes
// back with a new secret is never verified with the old one. Revocation does not depend on the cache: the
// credential source is asked first for every request.
#pragma once

#include <array>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "auth/credential_scope.h"
#include "base/secret.h"
#include "crypto/key_bytes.h"

namespace wardkeep::auth {

class SigningKeyCache {
 public:
  // Holds at most about `capacity` keys; about 400 bytes each.
  explicit SigningKeyCache(std::size_t capacity = 8192);
  ~SigningKeyCache();

  std::optional<crypto::KeyBytes> Find(const CredentialScope& scope, const base::Secret& secret);
  // Call after the signature was found right, so that strangers cannot push entries out.
  void Insert(const CredentialScope& scope, const base::Secret& secret, const crypto::KeyBytes& key);
  // Forgets every key of this id; for hygiene after deletion or deactivation.
  void Erase(std::string_view access_key_id);
  std::size_t size() const;

 private:
  struct Shard;
  static constexpr std::size_t kShards = 16;
  Shard& ShardOf(std::string_view access_key_id);

  const std::size_t capacity_per_shard_;
  std::unique_ptr<std::array<Shard, kShards>> shards_;
};

}  // namespace wardkeep::auth
