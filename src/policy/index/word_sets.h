// Sets of statement numbers, 64 to a word, made once and then only intersected. A set that touches half of
// the words or more keeps all of them, any other only those that are not zero, so that an intersection costs
// no more than the shorter of the two. Where one word holds all numbers, a set is nothing but that word.
// Immutable, thread-safe; a view of memory that WordSetsDraft filled.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace wardkeep::policy {

class WordSets {
 public:
  using Id = uint64_t;  // is_one_word: the set itself
  static constexpr Id kEmpty = 0;
  static constexpr uint32_t kBits = 64;

  WordSets() = default;

  // Whether every set is one word at most, which OneWord then gives.
  bool is_one_word() const { return width_ <= 1; }
  uint64_t OneWord(Id id) const { return id; }

  // Calls `visit(first, bits)` for every word both sets have members in, in ascending order: bit k stands for
  // number first + k. Stops when `visit` returns false.
  template <typename Visit>
  void ForEachCommon(Id a, Id b, Visit visit) const {
    if (is_one_word()) {
      if ((a & b) != 0) visit(0U, a & b);
      return;
    }
    Set shorter = SetOf(a);
    Set longer = SetOf(b);
    if (shorter.count > longer.count) std::swap(shorter, longer);
    if (longer.count == width_) {
      CommonWithWhole(shorter, longer, visit);
    } else {
      CommonOfSparse(shorter, longer, visit);
    }
  }

 private:
  friend class WordSetsDraft;

  // Words [words, words + count); their places among all words at [places, places + count), unless all are
  // there.
  struct Set {
    uint32_t words = 0;
    uint32_t places = 0;
    uint32_t count = 0;
  };

  const uint64_t* words() const { return static_cast<const uint64_t*>(memory_); }
  const Set& SetOf(Id id) const { return reinterpret_cast<const Set*>(words() + word_count_)[id]; }
  const uint32_t* places() const {
    return reinterpret_cast<const uint32_t*>(reinterpret_cast<const Set*>(words() + word_count_) +
                                             set_count_);
  }
  uint32_t PlaceOf(const Set& set, uint32_t i) const {
    return set.count == width_ ? i : places()[set.places + i];
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
    const uint32_t* const first = places() + longer.places;
    const uint32_t* const end = first + longer.count;
    const uint32_t* from = first;
    for (uint32_t i = 0; i < shorter.count && from != end; ++i) {
      const uint32_t place = places()[shorter.places + i];
      from = std::lower_bound(from, end, place);
      if (from == end || *from != place) continue;
      const uint64_t bits =
          words()[shorter.words + i] & words()[longer.words + static_cast<uint32_t>(from - first)];
      if (bits != 0 && !visit(place * kBits, bits)) return;
    }
  }

  const void* memory_ = nullptr;  // the words, the sets by Id, the places; unused for one word
  uint32_t width_ = 0;
  uint32_t word_count_ = 0;
  uint32_t set_count_ = 0;
};

}  // namespace wardkeep::policy
