#include "pipeline/opened_secrets.h"

#include <functional>
#include <utility>

namespace wardkeep::pipeline {

OpenedSecrets::OpenedSecrets(const crypto::SealingKey& key, std::size_t capacity)
    : key_(key), shard_capacity_(capacity / kShards + 1) {}

std::optional<base::Secret> OpenedSecrets::Open(const entity::AccessKey& key) {
  Shard& shard = shards_[std::hash<std::string>{}(key.id) % kShards];
  {
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(key.id);
    if (found != shard.entries.end() && found->second.sealed == key.sealed_secret) {
      return found->second.secret.Clone();
    }
  }
  std::optional<base::Secret> secret = key_.Open(key.sealed_secret, key.id);
  if (!secret) return std::nullopt;
  const std::lock_guard lock(shard.mutex);
  // Strangers cannot push entries out for long: only ids of living keys come here, and a full shard starts
  // anew.
  if (shard.entries.size() >= shard_capacity_) shard.entries.clear();
  shard.entries.insert_or_assign(key.id, Entry{key.sealed_secret, secret->Clone()});
  return secret;
}

}  // namespace wardkeep::pipeline
