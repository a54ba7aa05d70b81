#include "policy/index/prefix_trie.h"

#include <algorithm>
#include <tuple>

namespace wardkeep::policy {
namespace {

std::size_t CommonPrefix(std::string_view a, std::string_view b) {
  const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

PrefixTrie::PrefixTrie(std::vector<PrefixEntry> entries, WordSets& sets) : nodes_(1), excluded_(1) {
  std::sort(entries.begin(), entries.end(), [](const PrefixEntry& a, const PrefixEntry& b) {
    return std::tie(a.text, a.exact, a.excluded, a.number) < std::tie(b.text, b.exact, b.excluded, b.number);
  });
  std::vector<Task> tasks = {{0, 0, entries.size(), 0}};
  for (std::size_t done = 0; done < tasks.size(); ++done) {
    const Task task = tasks[done];
    Grow(entries, task, sets, tasks);
  }
  labels_.append(kPadding, '\0');
  nodes_.shrink_to_fit();
  labels_.shrink_to_fit();
}

uint32_t PrefixTrie::AppendLabel(std::string_view text) {
  const auto at = static_cast<uint32_t>(labels_.size());
  labels_ += text;
  return at;
}

void PrefixTrie::Grow(const std::vector<PrefixEntry>& entries, const Task& task, WordSets& sets,
                      std::vector<Task>& tasks) {
  std::size_t next = task.first;
  const auto take = [&](bool exact, bool excluded) {
    std::vector<uint32_t> numbers;
    for (; next < task.last; ++next) {
      const PrefixEntry& entry = entries[next];
      if (entry.text.size() != task.depth || entry.exact != exact || entry.excluded != excluded) break;
      if (entry.settled) {
        nodes_[task.node].settled = true;
      } else {
        numbers.push_back(entry.number);
      }
    }
    return sets.Make(numbers);
  };
  nodes_[task.node].open = take(false, false);
  excluded_[task.node].open = take(false, true);
  nodes_[task.node].exact = take(true, false);
  excluded_[task.node].exact = take(true, true);
  nodes_[task.node].children = static_cast<uint32_t>(nodes_.size());
  std::string first_bytes;
  while (next < task.last) {
    const std::size_t first = next;
    const char byte = entries[first].text[task.depth];
    while (next < task.last && entries[next].text[task.depth] == byte) ++next;
    const std::size_t depth = CommonPrefix(entries[first].text, entries[next - 1].text);
    const std::string_view label =
        std::string_view(entries[first].text).substr(task.depth + 1, depth - task.depth - 1);
    Node child;
    child.label_size = static_cast<uint32_t>(label.size());
    child.label = AppendLabel(label);
    first_bytes += byte;
    tasks.push_back({static_cast<uint32_t>(nodes_.size()), first, next, depth});
    nodes_.push_back(child);
    excluded_.emplace_back();
  }
  nodes_[task.node].child_count = static_cast<uint16_t>(first_bytes.size());
  nodes_[task.node].child_bytes = AppendLabel(first_bytes);
}

void PrefixTrie::Accumulate(WordSets& sets) {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    Node& node = nodes_[n];
    const Excluded& excluded = excluded_[n];
    for (uint32_t child = node.children; child < node.children + node.child_count; ++child) {
      nodes_[child].open = sets.Union(node.open, nodes_[child].open);
      excluded_[child].open = sets.Union(excluded.open, excluded_[child].open);
    }
    node.exact =
        sets.Difference(sets.Union(node.open, node.exact), sets.Union(excluded.open, excluded.exact));
    node.open = sets.Difference(node.open, excluded.open);
  }
  excluded_ = {};
}

std::size_t PrefixTrie::Bytes() const {
  return nodes_.capacity() * sizeof(Node) + labels_.capacity();
}

}  // namespace wardkeep::policy
