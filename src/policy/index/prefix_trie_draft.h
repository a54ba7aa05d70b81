// A prefix trie while it is made: see PrefixTrie. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/index/prefix_trie.h"
#include "policy/index/word_sets_draft.h"

namespace wardkeep::policy {

// A text, and the number of a statement that matches it and nothing longer (exact) or it and everything that
// begins with it, or in the same way does not match after all (excluded).
struct PrefixEntry {
  std::string text;
  bool exact = false;
  uint32_t number = 0;
  bool excluded = false;  // counts only for Deepest
  bool settled = false;   // only marks the exact text, for Deepest; `number` means nothing
};

class PrefixTrieDraft {
 public:
  // The sets of the nodes are made in `sets`.
  PrefixTrieDraft(std::vector<PrefixEntry> entries, WordSetsDraft& sets);

  // From now on the open set of a node holds those of the nodes above it too and the exact set the open one,
  // without what is excluded. For Deepest.
  void Accumulate(WordSetsDraft& sets);

  // What Pack needs; without the padding.
  std::size_t PackedBytes(TrieLayout layout) const;
  // Writes the records to `memory`. The layout must be wide enough for the sets and for PackedBytes.
  void Pack(TrieLayout layout, const WordSetsDraft& sets, std::byte* memory) const;

 private:
  using SetId = WordSetsDraft::Id;
  struct Node {
    std::string label;  // without the first byte
    std::string child_bytes;
    std::size_t children = 0;  // the first child
    bool settled = false;
    SetId open = WordSetsDraft::kEmpty;
    SetId exact = WordSetsDraft::kEmpty;
    SetId excluded_open = WordSetsDraft::kEmpty;
    SetId excluded_exact = WordSetsDraft::kEmpty;
  };

  // Entries [first, last) share `depth` bytes, which lead to `node`.
  struct Task {
    std::size_t node;
    std::size_t first;
    std::size_t last;
    std::size_t depth;
  };
  void Grow(const std::vector<PrefixEntry>& entries, const Task& task, WordSetsDraft& sets,
            std::vector<Task>& tasks);
  template <typename Head>
  static std::size_t RecordBytes(const Node& node);
  template <typename Head>
  std::size_t PackedBytesAs() const;
  template <typename Head>
  void PackAs(const WordSetsDraft& sets, char* memory) const;

  std::vector<Node> nodes_;  // the first is the root; level by level, the children of a node side by side
};

}  // namespace wardkeep::policy
