// ActionUsage: which actions each user and role has tried, when last and in which region: the source of the
// service-last-accessed reports. Every authenticated request counts, allowed or refused, as AWS counts
// attempts. Kept in memory in shards, so that recording costs a short lock; written to storage by Flush only,
// so a crash loses the latest facts and nothing else. Thread-safe.
//
// Bounded: a principal has at most one entry of 16 bytes for each action that the server knows; principals
// that are gone are dropped; names of actions and regions come from the server's tables (known_regions.h),
// whatever clients write. A date moves at most once per quarter of an hour (kBucket).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"
#include "base/result.h"
#include "snapshot/directory.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

struct ActionUse {
  std::string service;  // "iam"
  std::string action;   // "GetUser"
  base::Instant date;   // of the last attempt, to the quarter of an hour
  std::string region;   // of that attempt; may be empty
};

class ActionUsage {
 public:
  static constexpr std::chrono::minutes kBucket{15};
  static constexpr std::size_t kMaxNames = 4096;

  // Takes in what was flushed before; corrupt for facts that cannot be read. To be called before any
  // recording.
  base::Result<void> Load(storage::Store& store);

  // `principal_id` is the unique id of a user or role.
  void Record(const base::AccountId& account, std::string_view principal_id, std::string_view service,
              std::string_view action, std::string_view region, base::Instant now);

  // In no particular order; empty for a principal that did nothing.
  std::vector<ActionUse> Of(std::string_view principal_id) const;

  // Stores what changed since the last call and drops what belongs to users and roles that are gone. Does not
  // wait for the disk. Calls must not overlap.
  void Flush(Directory& directory);

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

  // Texts as small numbers; number 0 is the empty text.
  class Names {
   public:
    uint16_t NumberOf(std::string_view text);  // 0 when there is no room for another
    const std::string& TextOf(uint16_t number) const { return texts_[number]; }

   private:
    ByText<uint16_t> numbers_;
    std::vector<std::string> texts_ = {""};
  };

  struct Entry {
    uint16_t action = 0;  // "iam:GetUser"
    uint16_t region = 0;
    int64_t seconds = 0;  // since 1970
  };
  struct Principal {
    base::AccountId account;
    bool changed = false;
    std::vector<Entry> entries;
  };
  struct Shard {
    mutable std::mutex mutex;
    Names names;                   // protected by mutex, as the next
    ByText<Principal> principals;  // by unique id
  };

  Shard& ShardOf(std::string_view id) { return shards_[TextHash{}(id) % shards_.size()]; }
  const Shard& ShardOf(std::string_view id) const { return shards_[TextHash{}(id) % shards_.size()]; }
  static std::string Encode(const Principal& principal, const Names& names);
  static base::Result<Principal> Decode(const storage::Document& document, Names& names);
  static bool IsGone(const Principal& principal, std::string_view id, const Directory& directory);

  std::array<Shard, 32> shards_;
};

}  // namespace wardkeep::snapshot
