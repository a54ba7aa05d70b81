// Sets of statement numbers while they are made: see WordSets. Equal sets are stored once. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/index/word_sets.h"

namespace wardkeep::policy {

class WordSetsDraft {
 public:
  using Id = uint32_t;
  static constexpr Id kEmpty = 0;

  explicit WordSetsDraft(uint32_t members)
      : width_((members + WordSets::kBits - 1) / WordSets::kBits), sets_(1) {}

  // `sorted` may hold a number more than once.
  Id Make(std::span<const uint32_t> sorted);
  Id Union(Id a, Id b);
  Id Difference(Id a, Id b);  // what is in `a` and not in `b`

  bool is_one_word() const { return width_ <= 1; }
  // The name of a set among the packed ones.
  WordSets::Id Packed(Id id) const;
  // What Pack needs, a multiple of 8.
  std::size_t PackedBytes() const;
  // Writes the sets to `memory`, aligned to 8, which the view then reads.
  WordSets Pack(std::byte* memory) const;

 private:
  using Set = WordSets::Set;
  struct Word {
    uint32_t place;
    uint64_t bits;
  };

  Id Store(std::span<const Word> ascending);
  std::vector<Word> Read(Id id) const;

  uint32_t width_;
  std::vector<Set> sets_;  // the first is the empty set
  std::vector<uint64_t> words_;
  std::vector<uint32_t> places_;
  std::unordered_map<std::string, Id> known_;
};

}  // namespace wardkeep::policy
