// EffectivePrograms: the policies of a principal merged into one index, kept for all principals that have the
// same ones. Interned by content: what counts is the texts and their order, not whose documents they are. A
// changed document has another text, so nothing is ever stale and nobody has to be told of a change; programs
// that are no longer asked for make room for others.
//
//   programs.Find(documents)  // null: decide without an index, which gives the same decision
//
// Bounded: indexes take `byte_budget` bytes at most, the least lately used go first (second chance);
// documents are not kept alive. An index is made when its documents are met for the second time, so that a
// set of policies used once costs nothing. Thread-safe. Readers never wait: whoever meets a lock that is held
// for writing goes without an index, and indexes are made outside the locks.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "entity/stored_document.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::snapshot {

// What Find gives: usable as long as it lives and as long as the documents live that were asked for.
struct EffectiveProgram {
  policy::PolicyIndexPtr index;
  std::vector<entity::DocumentPtr> equals;  // documents of the same texts that the index was made from
  explicit operator bool() const { return index != nullptr; }
};

class EffectivePrograms {
 public:
  static constexpr std::size_t kDefaultByteBudget = std::size_t{64} << 20U;
  explicit EffectivePrograms(std::size_t byte_budget = kDefaultByteBudget)
      : shard_budget_(byte_budget / kShards) {}

  // All documents must compile. An empty list has no program.
  EffectiveProgram Find(std::span<const entity::DocumentPtr> documents);

  struct Usage {
    std::size_t programs = 0;
    std::size_t bytes = 0;
  };
  Usage usage() const;

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kSightings = 4096;

  struct Entry {
    policy::PolicyIndexPtr index;
    std::vector<std::weak_ptr<const entity::StoredDocument>> documents;
    std::size_t bytes = 0;
    std::atomic<bool> used = true;  // since the hand came by
  };
  struct Shard {
    mutable std::shared_mutex mutex;
    std::unordered_map<uint64_t, std::unique_ptr<Entry>> entries;  // by hash of contents; guarded by mutex
    std::vector<uint64_t> ring;                                    // the keys of entries; likewise
    std::size_t hand = 0;                                          // the next to lose its chance; likewise
    std::size_t bytes = 0;                                         // likewise
  };

  static EffectiveProgram Use(const Entry& entry, std::span<const entity::DocumentPtr> documents);
  bool SeenBefore(uint64_t key);
  EffectiveProgram Make(Shard& shard, uint64_t key, std::span<const entity::DocumentPtr> documents);
  void Insert(Shard& shard, uint64_t key, std::unique_ptr<Entry> entry);
  void MakeRoom(Shard& shard, uint64_t newest);

  const std::size_t shard_budget_;
  std::array<Shard, kShards> shards_;
  std::array<std::atomic<uint64_t>, kSightings> sightings_{};  // the key last seen that belongs here
};

}  // namespace wardkeep::snapshot
