// CowMap: an ordered map that is cheap to copy and cheap to change a copy of, for immutable snapshots that
// share what did not change. Two levels: a root vector of shared, immutable leaves of at most kLeafSize
// entries.
//
//   CowMap<std::string, int> a; a.Set("x", 1);
//   CowMap<std::string, int> b = a;   // copies one vector of pointers
//   b.Set("y", 2);                    // a is as before
//
// Complexity: Find O(log n); Set and Erase O(leaf + n / leaf); copy O(n / leaf). A const map is safe to share
// between threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace wardkeep::snapshot {

template <typename K, typename V>
class CowMap {
 public:
  using Entry = std::pair<K, V>;
  static constexpr std::size_t kLeafSize = 64;

  // Takes entries in ascending order of keys, each once; leaves get room to grow.
  static CowMap FromSorted(std::vector<Entry> entries) {
    CowMap map;
    map.size_ = entries.size();
    constexpr std::size_t kFill = kLeafSize * 3 / 4;
    for (std::size_t i = 0; i < entries.size(); i += kFill) {
      const auto from = entries.begin() + static_cast<std::ptrdiff_t>(i);
      const auto to = entries.begin() + static_cast<std::ptrdiff_t>(std::min(i + kFill, entries.size()));
      map.leaves_.push_back(
          std::make_shared<Leaf>(std::make_move_iterator(from), std::make_move_iterator(to)));
    }
    return map;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  template <typename Key>
  const V* Find(const Key& key) const {
    const std::size_t leaf = LeafFor(key);
    if (leaf == leaves_.size()) return nullptr;
    const auto& entries = *leaves_[leaf];
    const auto it = LowerBound(entries, key);
    return it != entries.end() && it->first == key ? &it->second : nullptr;
  }

  void Set(K key, V value) {
    if (leaves_.empty()) {
      auto only = std::make_shared<Leaf>();
      only->emplace_back(std::move(key), std::move(value));
      leaves_.push_back(std::move(only));
      size_ = 1;
      return;
    }
    std::size_t index = LeafFor(key);
    if (index == leaves_.size()) index = leaves_.size() - 1;
    auto leaf = std::make_shared<Leaf>(*leaves_[index]);
    const auto it = LowerBound(*leaf, key);
    if (it != leaf->end() && it->first == key) {
      it->second = std::move(value);
    } else {
      leaf->emplace(it, std::move(key), std::move(value));
      ++size_;
    }
    if (leaf->size() <= kLeafSize) {
      leaves_[index] = std::move(leaf);
      return;
    }
    const auto middle = leaf->begin() + static_cast<std::ptrdiff_t>(leaf->size() / 2);
    auto upper =
        std::make_shared<Leaf>(std::make_move_iterator(middle), std::make_move_iterator(leaf->end()));
    leaf->erase(middle, leaf->end());
    leaves_[index] = std::move(leaf);
    leaves_.insert(leaves_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(upper));
  }

  template <typename Key>
  bool Erase(const Key& key) {
    const std::size_t index = LeafFor(key);
    if (index == leaves_.size()) return false;
    const auto found = LowerBound(*leaves_[index], key);
    if (found == leaves_[index]->end() || !(found->first == key)) return false;
    auto leaf = std::make_shared<Leaf>(*leaves_[index]);
    leaf->erase(leaf->begin() + (found - leaves_[index]->begin()));
    if (leaf->empty()) {
      leaves_.erase(leaves_.begin() + static_cast<std::ptrdiff_t>(index));
    } else {
      leaves_[index] = std::move(leaf);
    }
    --size_;
    return true;
  }

  // Calls visit(key, value) in key order from the first key > `after` (all keys when null) until it returns
  // false.
  template <typename Visit>
  void VisitAfter(const K* after, Visit visit) const {
    std::size_t leaf = after == nullptr ? 0 : LeafFor(*after);
    bool first = after != nullptr;
    for (; leaf < leaves_.size(); ++leaf) {
      auto it = leaves_[leaf]->begin();
      if (first) {
        it = std::upper_bound(leaves_[leaf]->begin(), leaves_[leaf]->end(), *after,
                              [](const K& key, const Entry& entry) { return key < entry.first; });
        first = false;
      }
      for (; it != leaves_[leaf]->end(); ++it) {
        if (!visit(it->first, it->second)) return;
      }
    }
  }

  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const auto& leaf : leaves_) {
      for (const auto& [key, value] : *leaf) visit(key, value);
    }
  }

 private:
  using Leaf = std::vector<Entry>;

  template <typename Entries, typename Key>
  static auto LowerBound(Entries& entries, const Key& key) {
    return std::lower_bound(entries.begin(), entries.end(), key,
                            [](const Entry& entry, const Key& wanted) { return entry.first < wanted; });
  }

  // The first leaf whose last key is >= key; leaves_.size() when there is none.
  template <typename Key>
  std::size_t LeafFor(const Key& key) const {
    const auto it = std::lower_bound(
        leaves_.begin(), leaves_.end(), key,
        [](const std::shared_ptr<Leaf>& leaf, const Key& wanted) { return leaf->back().first < wanted; });
    return static_cast<std::size_t>(it - leaves_.begin());
  }

  std::vector<std::shared_ptr<Leaf>> leaves_;  // never empty leaves, ascending
  std::size_t size_ = 0;
};

}  // namespace wardkeep::snapshot
