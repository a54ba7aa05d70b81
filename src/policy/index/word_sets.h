// Sets of statement numbers, 64 to a word, made once and then only intersected. A set that touches half of
// the words or more keeps all of them, any other only those that are not zero, so that an intersection costs
// no more than the shorter of the two. Equal sets are stored once. Immutable after Freeze, thread-safe then.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace wardkeep::policy {

class WordSets {
 public:
  using Id = uint32_t;
  static constexpr Id kEmpty = 0;
  static constexpr uint32_t kBits = 64;

  WordSets() = default;
  explicit WordSets(uint32_t members) : width_((members + kBits - 1) / kBits), sets_(1) {}

  // While the sets are made. `sorted` may hold a number more than once.
  Id Make(std::span<const uint32_t> sorted);
  Id Union(Id a, Id b);
  Id Difference(Id a, Id b);  // what is in `a` and not in `b`
  void Freeze();

  std::size_t Bytes() const;
  void Fetch() const {
    __builtin_prefetch(sets_.data());
    __builtin_prefetch(words_.data());
  }

  // Whether every set is one word at most, which OneWord then gives.
  bool is_one_word() const { return width_ <= 1; }
  uint64_t OneWord(Id id) const { return id == kEmpty ? 0 : words()[sets_.data()[id].words]; }

  // Calls `visit(first, bits)` for every word both sets have members in, in ascending order: bit k stands for
  // number first + k. Stops when `visit` returns false.
  template <typename Visit>
  void ForEachCommon(Id a, Id b, Visit visit) const {
    Set shorter = sets_.data()[a];
    Set longer = sets_.data()[b];
    if (shorter.count > longer.count) std::swap(shorter, longer);
    if (longer.count == width_) {
      CommonWithWhole(shorter, longer, visit);
    } else {
      CommonOfSparse(shorter, longer, visit);
    }
  }

 private:
  // Words [words, words + count); their places among all words at [places, places + count), unless all are
  // there.
  struct Set {
    uint32_t words = 0;
    uint32_t places = 0;
    uint32_t count = 0;
  };
  struct Word {
    uint32_t place;
    uint64_t bits;
  };

  // Without the checks of operator[]: every number was made here.
  const uint64_t* words() const { return words_.data(); }

  Id Store(std::span<const Word> ascending);
  std::vector<Word> Read(Id id) const;
  uint32_t PlaceOf(const Set& set, uint32_t i) const {
    return set.count == width_ ? i : places_.data()[set.places + i];
  }

  template <typename Visit>
  void CommonWithWhole(const Set& some, const Set& whole, Visit& visit) const {
    for (uint32_t i = 0; i < some.count; ++i) {
      const uint32_t place = PlaceOf(some, i);
      const uint64_t bits = words()[some.words + i] & words()[whole.words + place];
      if (bits != 0 && !visit(place * kBits, bits)) return;
    }
  }

  template <typename Visit>
  void CommonOfSparse(const Set& shorter, const Set& longer, Visit& visit) const {
    const uint32_t* const first = places_.data() + longer.places;
    const uint32_t* const end = first + longer.count;
    const uint32_t* from = first;
    for (uint32_t i = 0; i < shorter.count && from != end; ++i) {
      const uint32_t place = places_.data()[shorter.places + i];
      from = std::lower_bound(from, end, place);
      if (from == end || *from != place) continue;
      const uint64_t bits =
          words()[shorter.words + i] & words()[longer.words + static_cast<uint32_t>(from - first)];
      if (bits != 0 && !visit(place * kBits, bits)) return;
    }
  }

  uint32_t width_ = 0;
  std::vector<Set> sets_;  // the first is the empty set
  std::vector<uint64_t> words_;
  std::vector<uint32_t> places_;
  std::unordered_map<std::string, Id> known_;  // until Freeze
};

}  // namespace wardkeep::policy
