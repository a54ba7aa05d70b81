// A radix tree over the literal beginnings of patterns. Each text carries the numbers of the statements that
// match it and nothing longer (exact) or it and everything that begins with it (open), and of those which in
// the same way do not match after all (excluded). One walk along a key
// costs at most its length. Nodes lie in one array, the children of a node side by side. Immutable once made.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "policy/index/word_sets.h"

namespace wardkeep::policy {

struct PrefixEntry {
  std::string text;
  bool exact = false;
  uint32_t number = 0;
  bool excluded = false;  // counts only for Deepest
  bool settled = false;   // only marks the exact text, for Deepest; `number` means nothing
};

class PrefixTrie {
 public:
  PrefixTrie() : nodes_(1), labels_(kPadding, '\0') {}
  // The sets of the nodes are made in `sets`.
  PrefixTrie(std::vector<PrefixEntry> entries, WordSets& sets);

  // From now on the open set of a node holds those of the nodes above it too and the exact set the open one,
  // without what is excluded. For Deepest.
  void Accumulate(WordSets& sets);

  // Calls `visit(set)` for every set that is not empty: the open ones of all beginnings of `key`, and the
  // exact one of `key` itself.
  template <typename Visit>
  void ForEachOnPath(std::string_view key, Visit visit) const {
    Walk(key, [&](const Node& node, bool at_end) {
      if (node.open != WordSets::kEmpty) visit(node.open);
      if (at_end && node.exact != WordSets::kEmpty) visit(node.exact);
    });
  }

  struct Found {
    WordSets::Id set = WordSets::kEmpty;
    bool settled = false;  // the key is a text so marked
  };
  // After Accumulate: the union of what ForEachOnPath would have visited, without what is excluded.
  Found Deepest(std::string_view key) const {
    Found found;
    Walk(key, [&](const Node& node, bool at_end) {
      found = {at_end ? node.exact : node.open, at_end && node.settled};
    });
    return found;
  }

  std::size_t Bytes() const;
  void Fetch() const {
    __builtin_prefetch(nodes_.data());
    __builtin_prefetch(labels_.data());
  }

 private:
  struct Node {
    uint32_t label = 0;  // where in labels_ the text between the parent and here starts, past its first byte
    uint32_t label_size = 0;   // likewise without the first byte, by which the parent chose this node
    uint32_t children = 0;     // the first child
    uint32_t child_bytes = 0;  // where in labels_ the first bytes of the children are
    uint16_t child_count = 0;  // at most 256
    bool settled = false;
    WordSets::Id open = WordSets::kEmpty;
    WordSets::Id exact = WordSets::kEmpty;
  };

  // Entries [first, last) share `depth` bytes, which lead to `node`.
  struct Task {
    uint32_t node;
    std::size_t first;
    std::size_t last;
    std::size_t depth;
  };
  void Grow(const std::vector<PrefixEntry>& entries, const Task& task, WordSets& sets,
            std::vector<Task>& tasks);
  uint32_t AppendLabel(std::string_view text);

  // Bytes that may be read after the last label.
  static constexpr std::size_t kPadding = 8;

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
    const Node* node = nodes_.data();
    const char* const labels = labels_.data();
    for (;;) {
      visit(*node, key.empty());
      if (key.empty() || node->child_count == 0) return;
      const uint32_t child = IndexOf(key.front(), labels + node->child_bytes, node->child_count);
      if (child == node->child_count) return;
      node = nodes_.data() + node->children + child;
      key.remove_prefix(1);
      if (key.size() < node->label_size) return;
      if (!SameBytes(key.data(), labels + node->label, node->label_size)) return;
      key.remove_prefix(node->label_size);
    }
  }

  std::vector<Node> nodes_;  // the first is the root; parents before their children
  std::string labels_;       // and kPadding bytes

  struct Excluded {
    WordSets::Id open = WordSets::kEmpty;
    WordSets::Id exact = WordSets::kEmpty;
  };
  std::vector<Excluded> excluded_;  // for each node, until Accumulate
};

}  // namespace wardkeep::policy
