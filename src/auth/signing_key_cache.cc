#include "auth/signing_key_cache.h"

#include <algorithm>
#include <functional>

#include "crypto/constant_time.h"

namespace wardkeep::auth {
namespace {

struct Entry {
  CredentialScope scope;
  base::Secret secret;
  crypto::KeyBytes key;
};

// Points at the scope inside an entry, or at the one that is asked for.
struct ScopeKey {
  const CredentialScope* scope;
};

struct ScopeKeyHash {
  std::size_t operator()(ScopeKey key) const {
    std::size_t hash = 0;
    for (const std::string* part :
         {&key.scope->access_key_id, &key.scope->date, &key.scope->region, &key.scope->service}) {
      hash = hash * 31 + std::hash<std::string>{}(*part);
    }
    return hash;
  }
};

struct ScopeKeyEqual {
  bool operator()(ScopeKey a, ScopeKey b) const {
    return a.scope->access_key_id == b.scope->access_key_id && a.scope->date == b.scope->date &&
           a.scope->region == b.scope->region && a.scope->service == b.scope->service;
  }
};

}  // namespace

struct SigningKeyCache::Shard {
  std::mutex mutex;
  std::list<Entry> entries;  // most recently used first
  // INVARIANT: one item per entry; its key points into that entry.
  std::unordered_map<ScopeKey, std::list<Entry>::iterator, ScopeKeyHash, ScopeKeyEqual> index;

  void Remove(std::list<Entry>::iterator entry) {
    index.erase(ScopeKey{&entry->scope});
    entries.erase(entry);
  }
};

SigningKeyCache::SigningKeyCache(std::size_t capacity)
    : capacity_per_shard_(std::max<std::size_t>(1, capacity / kShards)),
      shards_(std::make_unique<std::array<Shard, kShards>>()) {}

SigningKeyCache::~SigningKeyCache() = default;

SigningKeyCache::Shard& SigningKeyCache::ShardOf(std::string_view access_key_id) {
  return (*shards_)[std::hash<std::string_view>{}(access_key_id) % kShards];
}

std::optional<crypto::KeyBytes> SigningKeyCache::Find(const CredentialScope& scope,
                                                      const base::Secret& secret) {
  Shard& shard = ShardOf(scope.access_key_id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.index.find(ScopeKey{&scope});
  if (found == shard.index.end()) return std::nullopt;
  const auto entry = found->second;
  if (!crypto::ConstantTimeEquals(entry->secret.Reveal(), secret.Reveal())) {
    shard.Remove(entry);
    return std::nullopt;
  }
  shard.entries.splice(shard.entries.begin(), shard.entries, entry);
  return entry->key.Clone();
}

void SigningKeyCache::Insert(const CredentialScope& scope, const base::Secret& secret,
                             const crypto::KeyBytes& key) {
  Shard& shard = ShardOf(scope.access_key_id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.index.find(ScopeKey{&scope});
  if (found != shard.index.end()) shard.Remove(found->second);
  if (shard.entries.size() >= capacity_per_shard_) shard.Remove(std::prev(shard.entries.end()));
  shard.entries.push_front({scope, secret.Clone(), key.Clone()});
  shard.index.emplace(ScopeKey{&shard.entries.front().scope}, shard.entries.begin());
}

void SigningKeyCache::Erase(std::string_view access_key_id) {
  Shard& shard = ShardOf(access_key_id);
  const std::lock_guard lock(shard.mutex);
  for (auto entry = shard.entries.begin(); entry != shard.entries.end();) {
    const auto next = std::next(entry);
    if (entry->scope.access_key_id == access_key_id) shard.Remove(entry);
    entry = next;
  }
}

std::size_t SigningKeyCache::size() const {
  std::size_t total = 0;
  for (Shard& shard : *shards_) {
    const std::lock_guard lock(shard.mutex);
    total += shard.entries.size();
  }
  return total;
}

}  // namespace wardkeep::auth
