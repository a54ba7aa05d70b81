// OpenedSecrets: the secrets of long-term keys that were unsealed lately, so that a busy key costs one
// unsealing and not one for each request. An entry counts only for the sealed bytes it was opened from: a key
// that was made anew, sealed anew or deleted never meets an old secret. Bounded; secrets are wiped when they
// leave. Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/secret.h"
#include "crypto/sealing.h"
#include "entity/access_key.h"

namespace wardkeep::pipeline {

class OpenedSecrets {
 public:
  explicit OpenedSecrets(const crypto::SealingKey& key, std::size_t capacity = 4096);

  // nullopt for a secret that was sealed with another master key.
  std::optional<base::Secret> Open(const entity::AccessKey& key);

 private:
  static constexpr std::size_t kShards = 16;
  struct Entry {
    std::string sealed;
    base::Secret secret;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Entry> entries;  // by access key id; guarded by mutex
  };

  const crypto::SealingKey& key_;
  const std::size_t shard_capacity_;
  std::array<Shard, kShards> shards_;
};

}  // namespace wardkeep::pipeline
