// CowMap: an ordered map that is cheap to copy and cheap to change a copy of, for immutable snapshots that
// share what did not change. A B+ tree of shared, immutable nodes: a change makes the nodes on one path anew.
//
//   CowMap<std::string, int> a; a.Set("x", 1);
//   CowMap<std::string, int> b = a;   // copies one pointer
//   b.Set("y", 2);                    // a is as before
//
// Complexity: Find, Set and Erase O(log n); copy O(1). Nodes are split when full and dropped when empty, but
// not merged: a map that shrank keeps its height until a whole subtree is gone. A const map is safe to share
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
  // Entries of a leaf and children of an inner node, at most.
  static constexpr std::size_t kNodeSize = 16;

  // Takes entries in ascending order of keys, each once; nodes get room to grow.
  static CowMap FromSorted(std::vector<Entry> entries) {
    CowMap map;
    map.size_ = entries.size();
    std::vector<Child> level;
    for (std::size_t i = 0; i < entries.size(); i += kFill) {
      const auto from = entries.begin() + static_cast<std::ptrdiff_t>(i);
      const auto to = entries.begin() + static_cast<std::ptrdiff_t>(std::min(i + kFill, entries.size()));
      level.push_back(Leaf({std::make_move_iterator(from), std::make_move_iterator(to)}));
    }
    while (level.size() > 1) level = Above(std::move(level));
    if (!level.empty()) map.root_ = std::move(level.front().node);
    return map;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  template <typename Key>
  const V* Find(const Key& key) const {
    const Node* node = root_.get();
    while (node != nullptr && !node->children.empty()) {
      const auto child = ChildFor(*node, key);
      node = child == node->children.end() ? nullptr : child->node.get();
    }
    if (node == nullptr) return nullptr;
    const auto it = LowerBound(node->entries, key);
    return it != node->entries.end() && it->first == key ? &it->second : nullptr;
  }

  void Set(K key, V value) {
    if (root_ == nullptr) {
      root_ = Leaf({{std::move(key), std::move(value)}}).node;
      size_ = 1;
      return;
    }
    bool added = false;
    Halves halves = Insert(*root_, key, value, added);
    if (added) ++size_;
    root_ = halves.right.node == nullptr ? std::move(halves.left.node)
                                         : Inner({std::move(halves.left), std::move(halves.right)}).node;
  }

  template <typename Key>
  bool Erase(const Key& key) {
    if (Find(key) == nullptr) return false;
    root_ = Remove(*root_, key).node;
    while (root_ != nullptr && root_->children.size() == 1) {
      NodePtr only = root_->children.front().node;
      root_ = std::move(only);
    }
    --size_;
    return true;
  }

  // Calls visit(key, value) in key order from the first key > `after` (all keys when null) until it returns
  // false.
  template <typename Visit>
  void VisitAfter(const K* after, Visit visit) const {
    if (root_ != nullptr) VisitNode(*root_, after, visit);
  }

  template <typename Visit>
  void ForEach(Visit visit) const {
    VisitAfter(nullptr, [&](const K& key, const V& value) {
      visit(key, value);
      return true;
    });
  }

 private:
  static constexpr std::size_t kFill = kNodeSize * 3 / 4;

  struct Node;
  using NodePtr = std::shared_ptr<const Node>;
  struct Child {
    NodePtr node;
    const K* last = nullptr;  // the greatest key under the node; lives in its last leaf
  };
  // Either a leaf with entries or an inner node with children, all of one height; ascending, never empty.
  struct Node {
    std::vector<Entry> entries;
    std::vector<Child> children;
  };
  // What a changed node became: `right` is null unless the node was full.
  struct Halves {
    Child left;
    Child right;
  };

  static Child Leaf(std::vector<Entry> entries) {
    auto node = std::make_shared<Node>();
    node->entries = std::move(entries);
    const K* last = &node->entries.back().first;
    return {std::move(node), last};
  }

  static Child Inner(std::vector<Child> children) {
    auto node = std::make_shared<Node>();
    node->children = std::move(children);
    const K* last = node->children.back().last;
    return {std::move(node), last};
  }

  static std::vector<Child> Above(std::vector<Child> level) {
    std::vector<Child> above;
    for (std::size_t i = 0; i < level.size(); i += kFill) {
      const auto from = level.begin() + static_cast<std::ptrdiff_t>(i);
      const auto to = level.begin() + static_cast<std::ptrdiff_t>(std::min(i + kFill, level.size()));
      above.push_back(Inner({std::make_move_iterator(from), std::make_move_iterator(to)}));
    }
    return above;
  }

  template <typename Entries, typename Key>
  static auto LowerBound(Entries& entries, const Key& key) {
    return std::lower_bound(entries.begin(), entries.end(), key,
                            [](const Entry& entry, const Key& wanted) { return entry.first < wanted; });
  }

  // The first child with a key >= `key`; end when there is none.
  template <typename Key>
  static auto ChildFor(const Node& node, const Key& key) {
    return std::lower_bound(node.children.begin(), node.children.end(), key,
                            [](const Child& child, const Key& wanted) { return *child.last < wanted; });
  }

  // A copy of what a node holds, with room for one more.
  template <typename T>
  static std::vector<T> Copy(const std::vector<T>& from) {
    std::vector<T> copy;
    copy.reserve(from.size() + 1);
    copy.assign(from.begin(), from.end());
    return copy;
  }

  // `make` is Leaf or Inner.
  template <typename T>
  static Halves Split(std::vector<T> all, Child (*make)(std::vector<T>)) {
    if (all.size() <= kNodeSize) return {make(std::move(all)), {}};
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::vector<T> upper(std::make_move_iterator(middle), std::make_move_iterator(all.end()));
    all.erase(middle, all.end());
    return {make(std::move(all)), make(std::move(upper))};
  }

  static Halves Insert(const Node& node, K& key, V& value, bool& added) {
    if (node.children.empty()) {
      std::vector<Entry> entries = Copy(node.entries);
      const auto it = LowerBound(entries, key);
      if (it != entries.end() && it->first == key) {
        it->second = std::move(value);
      } else {
        entries.emplace(it, std::move(key), std::move(value));
        added = true;
      }
      return Split(std::move(entries), Leaf);
    }
    auto child = ChildFor(node, key);
    if (child == node.children.end()) --child;
    Halves halves = Insert(*child->node, key, value, added);
    std::vector<Child> children = Copy(node.children);
    const auto at = children.begin() + (child - node.children.begin());
    *at = std::move(halves.left);
    if (halves.right.node != nullptr) children.insert(at + 1, std::move(halves.right));
    return Split(std::move(children), Inner);
  }

  // The node without `key`, which is under it; a null child when nothing remains.
  template <typename Key>
  static Child Remove(const Node& node, const Key& key) {
    if (node.children.empty()) {
      if (node.entries.size() == 1) return {};
      std::vector<Entry> entries = Copy(node.entries);
      entries.erase(LowerBound(entries, key));
      return Leaf(std::move(entries));
    }
    const auto child = ChildFor(node, key);
    Child rest = Remove(*child->node, key);
    if (rest.node == nullptr && node.children.size() == 1) return {};
    std::vector<Child> children = Copy(node.children);
    const auto at = children.begin() + (child - node.children.begin());
    if (rest.node == nullptr) {
      children.erase(at);
    } else {
      *at = std::move(rest);
    }
    return Inner(std::move(children));
  }

  // False when `visit` wanted no more.
  template <typename Visit>
  static bool VisitNode(const Node& node, const K* after, Visit& visit) {
    if (node.children.empty()) {
      auto it = node.entries.begin();
      if (after != nullptr) {
        it = std::upper_bound(node.entries.begin(), node.entries.end(), *after,
                              [](const K& key, const Entry& entry) { return key < entry.first; });
      }
      for (; it != node.entries.end(); ++it) {
        if (!visit(it->first, it->second)) return false;
      }
      return true;
    }
    auto child = after == nullptr ? node.children.begin() : ChildFor(node, *after);
    for (; child != node.children.end(); ++child, after = nullptr) {
      if (!VisitNode(*child->node, after, visit)) return false;
    }
    return true;
  }

  NodePtr root_;  // null: empty
  std::size_t size_ = 0;
};

}  // namespace wardkeep::snapshot
