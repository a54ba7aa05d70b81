// A radix tree over the literal beginnings of patterns, written into one run of memory. Each node carries the
// set of statements whose text ends there or goes on (open), and of those whose text must end there too
// (exact). One walk along a key costs at most its length. A node is one record: its sets, the text that leads
// to it, the first bytes of its children and where those are; so a step reads the next record and nothing
// else. The nodes near the root come first. Immutable, thread-safe; a view of memory that PrefixTrieDraft
// filled.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "policy/index/word_sets.h"

namespace wardkeep::policy {

// How wide the numbers of a record are.
enum class TrieLayout : uint8_t {
  kNarrow,   // places of 16 bits, sets of up to 32 members themselves
  kOneWord,  // places of 32 bits, sets of up to 64 members themselves
  kWide,     // places of 32 bits, names of sets
};

class PrefixTrie {
 public:
  // Bytes past the last record that a walk may read.
  static constexpr std::size_t kPadding = 8;

  PrefixTrie(const std::byte* memory, TrieLayout layout)
      : memory_(reinterpret_cast<const char*>(memory)), layout_(layout) {}

  // Calls `visit(set)` for every set that is not empty: the open ones of all beginnings of `key`, and the
  // exact one of `key` itself.
  template <typename Visit>
  void ForEachOnPath(std::string_view key, Visit visit) const {
    Walk(key, [&](const auto& node, bool at_end) {
      if (node.open() != 0) visit(WordSets::Id{node.open()});
      if (at_end && node.exact() != 0) visit(WordSets::Id{node.exact()});
    });
  }

  struct Found {
    WordSets::Id set = WordSets::kEmpty;
    bool settled = false;  // the key is a text so marked
  };
  // Of an accumulated trie: the union of what ForEachOnPath would have visited, without what is excluded.
  Found Deepest(std::string_view key) const {
    Found found;
    Walk(key, [&](const auto& node, bool at_end) {
      found = {at_end ? node.exact() : node.open(), at_end && node.is_settled()};
    });
    return found;
  }

 private:
  friend class PrefixTrieDraft;

  // How a record begins: with its open set, its exact set, the size of its text, and how many children it has
  // (at most 256), plus kSettled. It goes on with the text between the parent and here, past its first byte,
  // by which the parent chose this node; the first bytes of the children; and their places, from the start of
  // the trie. Nothing in it is aligned.
  template <typename Place, typename Set>
  class NodeHead {
   public:
    using PlaceType = Place;
    using SetType = Set;
    static constexpr uint16_t kSettled = 0x8000;
    static constexpr std::size_t kLabelSizeAt = 2 * sizeof(Set);
    static constexpr std::size_t kChildrenAt = kLabelSizeAt + sizeof(Place);
    static constexpr std::size_t kSize = kChildrenAt + sizeof(uint16_t);

    explicit NodeHead(const char* at) : at_(at) {}
    Set open() const { return Load<Set>(at_); }
    Set exact() const { return Load<Set>(at_ + sizeof(Set)); }
    std::size_t label_size() const { return Load<Place>(at_ + kLabelSizeAt); }
    uint32_t child_count() const { return children() & ~uint32_t{kSettled}; }
    bool is_settled() const { return (children() & kSettled) != 0; }

   private:
    uint16_t children() const { return Load<uint16_t>(at_ + kChildrenAt); }
    const char* at_;
  };
  using NarrowHead = NodeHead<uint16_t, uint32_t>;
  using OneWordHead = NodeHead<uint32_t, uint64_t>;
  using WideHead = NodeHead<uint32_t, uint32_t>;

  // memchr and memcmp, without the cost of a call where few bytes are at stake, as in most nodes.
  static uint32_t IndexOf(char wanted, const char* bytes, uint32_t count) {
    if (count > 16) {
      const void* found = std::memchr(bytes, wanted, count);
      return found == nullptr ? count : static_cast<uint32_t>(static_cast<const char*>(found) - bytes);
    }
    constexpr uint64_t kEach = 0x0101010101010101U;
    const uint64_t all_wanted = kEach * static_cast<unsigned char>(wanted);
    for (uint32_t i = 0; i < count; i += 8) {
      const uint64_t zero_at_wanted = Load<uint64_t>(bytes + i) ^ all_wanted;
      // The lowest bit that is set belongs to the first byte that is zero.
      const uint64_t found = (zero_at_wanted - kEach) & ~zero_at_wanted & 0x80 * kEach;
      if (found != 0) return std::min(count, i + static_cast<uint32_t>(std::countr_zero(found)) / 8);
    }
    return count;
  }
  static bool SameBytes(const char* a, const char* b, std::size_t size) {
    if (size > 64) return std::memcmp(a, b, size) == 0;
    if (size >= 8) {
      for (const char* const last = a + size - 8; a < last; a += 8, b += 8, size -= 8) {
        if (Load<uint64_t>(a) != Load<uint64_t>(b)) return false;
      }
      return Load<uint64_t>(a + size - 8) == Load<uint64_t>(b + size - 8);  // may look at bytes again
    }
    if (size >= 4) {
      const std::size_t last = size - 4;
      return Load<uint32_t>(a) == Load<uint32_t>(b) && Load<uint32_t>(a + last) == Load<uint32_t>(b + last);
    }
    for (; size > 0; ++a, ++b, --size) {
      if (*a != *b) return false;
    }
    return true;
  }
  template <typename Word>
  static Word Load(const char* bytes) {
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
  }

  // Calls `visit(node, at_end)` for every node that a beginning of `key` leads to.
  template <typename Visit>
  void Walk(std::string_view key, Visit visit) const {
    switch (layout_) {
      case TrieLayout::kNarrow:
        return WalkAs<NarrowHead>(key, visit);
      case TrieLayout::kOneWord:
        return WalkAs<OneWordHead>(key, visit);
      case TrieLayout::kWide:
        return WalkAs<WideHead>(key, visit);
    }
  }

  template <typename Head, typename Visit>
  void WalkAs(std::string_view key, Visit& visit) const {
    using Place = typename Head::PlaceType;
    const char* at = memory_;  // of the root, whose text is empty
    const char* bytes = at + Head::kSize;
    for (;;) {
      const Head node(at);
      visit(node, key.empty());
      const uint32_t count = node.child_count();
      if (key.empty() || count == 0) return;
      const uint32_t child = IndexOf(key.front(), bytes, count);
      if (child == count) return;
      key.remove_prefix(1);
      at = memory_ + Load<Place>(bytes + count + child * sizeof(Place));
      bytes = at + Head::kSize;
      const std::size_t size = Head(at).label_size();
      if (key.size() < size || !SameBytes(key.data(), bytes, size)) return;
      key.remove_prefix(size);
      bytes += size;
    }
  }

  const char* memory_;
  TrieLayout layout_;
};

}  // namespace wardkeep::policy
