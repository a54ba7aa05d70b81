// UsageTracker: when an access key or a role was last used, where and for what. Kept in memory in shards, so
// that recording costs a short lock; written to storage only when Flush is called, so a crash loses the
// latest facts and nothing else. Thread-safe.
//
// A date moves at most once per quarter of an hour (kBucket), which bounds what a busy key writes: AWS too
// reports last use with a delay. Ids are unique over all accounts.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/account_id.h"
#include "base/clock.h"
#include "base/result.h"
#include "snapshot/action_usage.h"
#include "snapshot/directory.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

struct KeyUse {
  base::Instant date;
  std::string service;  // "iam"
  std::string region;
};
struct RoleUse {
  base::Instant date;
  std::string region;
};

class UsageTracker {
 public:
  static constexpr std::chrono::minutes kBucket{15};

  // Takes in what was flushed before; corrupt for a fact that cannot be read. To be called before any
  // recording.
  base::Result<void> Load(storage::Store& store);

  void RecordKey(const base::AccountId& account, std::string_view access_key_id, std::string_view service,
                 std::string_view region, base::Instant now);
  void RecordRole(const base::AccountId& account, std::string_view role_id, std::string_view region,
                  base::Instant now);

  // nullopt when never used.
  std::optional<KeyUse> KeyUsage(std::string_view access_key_id) const;
  std::optional<RoleUse> RoleUsage(std::string_view role_id) const;

  // Which actions users and roles have tried. Loaded and flushed with the rest.
  ActionUsage& actions() { return actions_; }
  const ActionUsage& actions() const { return actions_; }

  // Stores what changed since the last call and drops what belongs to keys and roles that are gone. Does not
  // wait for the disk. Calls must not overlap.
  void Flush(Directory& directory);

 private:
  enum class Owner : uint8_t { kKey, kRole };
  struct Fact {
    base::AccountId account;
    Owner owner = Owner::kKey;
    bool changed = false;
    base::Instant date;
    std::string service;
    std::string region;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Facts = std::unordered_map<std::string, Fact, TextHash, std::equal_to<>>;
  struct Shard {
    mutable std::mutex mutex;
    Facts facts;  // protected by mutex
  };

  void Record(Owner owner, const base::AccountId& account, std::string_view id, std::string_view service,
              std::string_view region, base::Instant now);
  std::optional<Fact> Find(Owner owner, std::string_view id) const;
  Shard& ShardOf(std::string_view id) { return shards_[TextHash{}(id) % shards_.size()]; }
  const Shard& ShardOf(std::string_view id) const { return shards_[TextHash{}(id) % shards_.size()]; }
  static bool IsGone(const Fact& fact, std::string_view id, const Directory& directory);
  static std::string Encode(const Fact& fact);
  static base::Result<Fact> Decode(const storage::Document& document);

  std::array<Shard, 32> shards_;
  ActionUsage actions_;
};

}  // namespace wardkeep::snapshot
