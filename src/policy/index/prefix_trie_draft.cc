#include "policy/index/prefix_trie_draft.h"

#include <algorithm>
#include <tuple>

namespace wardkeep::policy {
namespace {

std::size_t CommonPrefix(std::string_view a, std::string_view b) {
  const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

PrefixTrieDraft::PrefixTrieDraft(std::vector<PrefixEntry> entries, WordSetsDraft& sets) : nodes_(1) {
  std::sort(entries.begin(), entries.end(), [](const PrefixEntry& a, const PrefixEntry& b) {
    return std::tie(a.text, a.exact, a.excluded, a.number) < std::tie(b.text, b.exact, b.excluded, b.number);
  });
  std::vector<Task> tasks = {{0, 0, entries.size(), 0}};
  for (std::size_t done = 0; done < tasks.size(); ++done) {
    const Task task = tasks[done];
    Grow(entries, task, sets, tasks);
  }
}

void PrefixTrieDraft::Grow(const std::vector<PrefixEntry>& entries, const Task& task, WordSetsDraft& sets,
                           std::vector<Task>& tasks) {
  std::size_t next = task.first;
  Node grown = std::move(nodes_[task.node]);
  const auto take = [&](bool exact, bool excluded) {
    std::vector<uint32_t> numbers;
    for (; next < task.last; ++next) {
      const PrefixEntry& entry = entries[next];
      if (entry.text.size() != task.depth || entry.exact != exact || entry.excluded != excluded) break;
      if (entry.settled) {
        grown.settled = true;
      } else {
        numbers.push_back(entry.number);
      }
    }
    return sets.Make(numbers);
  };
  grown.open = take(false, false);
  grown.excluded_open = take(false, true);
  grown.exact = take(true, false);
  grown.excluded_exact = take(true, true);
  grown.children = nodes_.size();
  while (next < task.last) {
    const std::size_t first = next;
    const char byte = entries[first].text[task.depth];
    while (next < task.last && entries[next].text[task.depth] == byte) ++next;
    const std::size_t depth = CommonPrefix(entries[first].text, entries[next - 1].text);
    Node child;
    child.label = entries[first].text.substr(task.depth + 1, depth - task.depth - 1);
    grown.child_bytes += byte;
    tasks.push_back({nodes_.size(), first, next, depth});
    nodes_.push_back(std::move(child));
  }
  nodes_[task.node] = std::move(grown);
}

void PrefixTrieDraft::Accumulate(WordSetsDraft& sets) {
  for (Node& node : nodes_) {
    for (std::size_t i = 0; i < node.child_bytes.size(); ++i) {
      Node& child = nodes_[node.children + i];
      child.open = sets.Union(node.open, child.open);
      child.excluded_open = sets.Union(node.excluded_open, child.excluded_open);
    }
    node.exact = sets.Difference(sets.Union(node.open, node.exact),
                                 sets.Union(node.excluded_open, node.excluded_exact));
    node.open = sets.Difference(node.open, node.excluded_open);
  }
}

template <typename Head>
std::size_t PrefixTrieDraft::RecordBytes(const Node& node) {
  const std::size_t per_child = 1 + sizeof(typename Head::PlaceType);
  return Head::kSize + node.label.size() + node.child_bytes.size() * per_child;
}

template <typename Head>
std::size_t PrefixTrieDraft::PackedBytesAs() const {
  std::size_t bytes = 0;
  for (const Node& node : nodes_) bytes += RecordBytes<Head>(node);
  return bytes;
}

std::size_t PrefixTrieDraft::PackedBytes(TrieLayout layout) const {
  switch (layout) {
    case TrieLayout::kNarrow:
      return PackedBytesAs<PrefixTrie::NarrowHead>();
    case TrieLayout::kOneWord:
      return PackedBytesAs<PrefixTrie::OneWordHead>();
    case TrieLayout::kWide:
      return PackedBytesAs<PrefixTrie::WideHead>();
  }
  return 0;
}

template <typename Head>
void PrefixTrieDraft::PackAs(const WordSetsDraft& sets, char* memory) const {
  using Place = typename Head::PlaceType;
  std::vector<Place> places;
  places.reserve(nodes_.size());
  std::size_t place = 0;
  for (const Node& node : nodes_) {
    places.push_back(static_cast<Place>(place));
    place += RecordBytes<Head>(node);
  }
  const auto write = [&](const void* from, std::size_t size) {
    if (size != 0) std::memcpy(memory, from, size);
    memory += size;
  };
  for (const Node& node : nodes_) {
    using Set = typename Head::SetType;
    const auto open = static_cast<Set>(sets.Packed(node.open));
    const auto exact = static_cast<Set>(sets.Packed(node.exact));
    const auto label_size = static_cast<Place>(node.label.size());
    const auto children =
        static_cast<uint16_t>(node.child_bytes.size() | (node.settled ? Head::kSettled : 0));
    write(&open, sizeof open);
    write(&exact, sizeof exact);
    write(&label_size, sizeof label_size);
    write(&children, sizeof children);
    write(node.label.data(), node.label.size());
    write(node.child_bytes.data(), node.child_bytes.size());
    write(places.data() + node.children, node.child_bytes.size() * sizeof(Place));
  }
}

void PrefixTrieDraft::Pack(TrieLayout layout, const WordSetsDraft& sets, std::byte* memory) const {
  auto* const bytes = reinterpret_cast<char*>(memory);
  switch (layout) {
    case TrieLayout::kNarrow:
      return PackAs<PrefixTrie::NarrowHead>(sets, bytes);
    case TrieLayout::kOneWord:
      return PackAs<PrefixTrie::OneWordHead>(sets, bytes);
    case TrieLayout::kWide:
      return PackAs<PrefixTrie::WideHead>(sets, bytes);
  }
}

}  // namespace wardkeep::policy
