#include "snapshot/effective_programs.h"

#include <mutex>
#include <utility>

namespace wardkeep::snapshot {
namespace {

using Documents = std::span<const entity::DocumentPtr>;

uint64_t KeyOf(Documents documents) {
  uint64_t key = documents.size();
  for (const entity::DocumentPtr& document : documents) {
    key = (key ^ document->content_hash()) * 0x9E3779B97F4A7C15U;
    key ^= key >> 29U;
  }
  return key;
}

// Whether both stand for one object. Unlike addresses, which are given out again, this is safe for an object
// that is gone.
bool IsSame(const std::weak_ptr<const entity::StoredDocument>& kept, const entity::DocumentPtr& asked) {
  return !kept.owner_before(asked) && !asked.owner_before(kept);
}

bool SayTheSame(const entity::StoredDocument& a, const entity::StoredDocument& b) {
  return a.kind() == b.kind() && a.text() == b.text();
}

}  // namespace

EffectiveProgram EffectivePrograms::Find(Documents documents) {
  if (documents.empty()) return {};
  const uint64_t key = KeyOf(documents);
  Shard& shard = shards_[key % kShards];
  {
    const std::shared_lock lock(shard.mutex, std::try_to_lock);
    if (!lock.owns_lock()) return {};
    if (const auto found = shard.entries.find(key); found != shard.entries.end()) {
      EffectiveProgram program = Use(*found->second, documents);
      if (program) {
        // Written only where it changes: the line is shared by all readers.
        std::atomic<bool>& used = found->second->used;
        if (!used.load(std::memory_order_relaxed)) used.store(true, std::memory_order_relaxed);
        return program;
      }
    }
  }
  if (!SeenBefore(key)) return {};
  return Make(shard, key, documents);
}

// Nothing if a document that the index points into is gone, or if the contents differ after all.
EffectiveProgram EffectivePrograms::Use(const Entry& entry, Documents documents) {
  if (entry.documents.size() != documents.size()) return {};
  EffectiveProgram program;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (IsSame(entry.documents[i], documents[i])) continue;
    entity::DocumentPtr kept = entry.documents[i].lock();
    if (kept == nullptr || !SayTheSame(*kept, *documents[i])) return {};
    program.equals.push_back(std::move(kept));
  }
  program.index = entry.index;
  return program;
}

bool EffectivePrograms::SeenBefore(uint64_t key) {
  std::atomic<uint64_t>& place = sightings_[(key >> 8U) % kSightings];
  if (place.load(std::memory_order_relaxed) == key) return true;
  place.store(key, std::memory_order_relaxed);
  return false;
}

// Two threads may both make one; the later takes the place of the other.
EffectiveProgram EffectivePrograms::Make(Shard& shard, uint64_t key, Documents documents) {
  auto entry = std::make_unique<Entry>();
  std::vector<const policy::CompiledPolicy*> policies;
  for (const entity::DocumentPtr& document : documents) {
    const policy::CompiledPolicy* compiled = document->compiled();
    if (compiled == nullptr) return {};
    policies.push_back(compiled);
    entry->documents.emplace_back(document);
  }
  entry->index = policy::MakeIndex(policies);
  entry->bytes = sizeof *entry + entry->index->bytes() + documents.size() * sizeof entry->documents[0];
  const EffectiveProgram program = Use(*entry, documents);
  if (entry->bytes <= shard_budget_) Insert(shard, key, std::move(entry));
  return program;
}

void EffectivePrograms::Insert(Shard& shard, uint64_t key, std::unique_ptr<Entry> entry) {
  const std::unique_lock lock(shard.mutex, std::try_to_lock);
  if (!lock.owns_lock()) return;
  const std::size_t bytes = entry->bytes;
  std::unique_ptr<Entry>& place = shard.entries[key];
  if (place == nullptr) {
    shard.ring.push_back(key);
  } else {
    shard.bytes -= place->bytes;
  }
  place = std::move(entry);
  shard.bytes += bytes;
  MakeRoom(shard, key);
}

// Turns the hand until the budget holds. The newest keeps its place.
void EffectivePrograms::MakeRoom(Shard& shard, uint64_t newest) {
  while (shard.bytes > shard_budget_ && shard.ring.size() > 1) {
    shard.hand %= shard.ring.size();
    const uint64_t key = shard.ring[shard.hand];
    const auto found = shard.entries.find(key);
    if (key == newest || found->second->used.exchange(false, std::memory_order_relaxed)) {
      ++shard.hand;
      continue;
    }
    shard.bytes -= found->second->bytes;
    shard.entries.erase(found);
    shard.ring[shard.hand] = shard.ring.back();
    shard.ring.pop_back();
  }
}

EffectivePrograms::Usage EffectivePrograms::usage() const {
  Usage usage;
  for (const Shard& shard : shards_) {
    const std::shared_lock lock(shard.mutex);
    usage.programs += shard.entries.size();
    usage.bytes += shard.bytes;
  }
  return usage;
}

}  // namespace wardkeep::snapshot
