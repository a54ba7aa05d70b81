// The parts of the policy index against plain containers, on random contents of many sizes.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include "policy/index/prefix_trie_draft.h"
#include "policy/index/word_sets_draft.h"

namespace wardkeep::policy {
namespace {

using Numbers = std::set<uint32_t>;

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  uint32_t operator()() { return static_cast<uint32_t>(engine_()); }

 private:
  std::mt19937 engine_;
};

Numbers Common(const WordSets& sets, WordSets::Id a, WordSets::Id b) {
  Numbers numbers;
  uint32_t least = 0;
  sets.ForEachCommon(a, b, [&](uint32_t first, uint64_t bits) {
    EXPECT_GE(first, least) << "words come in ascending order";
    least = first + 64;
    for (uint32_t k = 0; k < 64; ++k) {
      if ((bits >> k & 1U) != 0) numbers.insert(first + k);
    }
    return true;
  });
  return numbers;
}

// The sets as an index keeps them.
class PackedSets {
 public:
  explicit PackedSets(const WordSetsDraft& draft)
      : memory_(draft.PackedBytes() / sizeof(uint64_t)),
        view_(draft.Pack(reinterpret_cast<std::byte*>(memory_.data()))) {}
  const WordSets& view() const { return view_; }

 private:
  std::vector<uint64_t> memory_;
  WordSets view_;
};

// Likewise a trie.
class PackedTrie {
 public:
  PackedTrie(const PrefixTrieDraft& draft, TrieLayout layout, const WordSetsDraft& sets)
      : memory_(draft.PackedBytes(layout) + PrefixTrie::kPadding), layout_(layout) {
    draft.Pack(layout, sets, memory_.data());
  }
  PrefixTrie view() const { return {memory_.data(), layout_}; }

 private:
  std::vector<std::byte> memory_;
  TrieLayout layout_;
};

// Those that are wide enough for the sets of so many numbers and for a trie of few kilobytes.
std::vector<TrieLayout> LayoutsFor(uint32_t members) {
  if (members > 64) return {TrieLayout::kWide};
  if (members > 32) return {TrieLayout::kOneWord};
  return {TrieLayout::kOneWord, TrieLayout::kNarrow};
}

Numbers RandomNumbers(Random& random, uint32_t members) {
  // Few, many in one place, or many all over.
  const uint32_t count = random() % 3 == 0 ? members / 2 : random() % 9;
  const uint32_t start = random() % 2 == 0 ? 0 : random() % members;
  const uint32_t span = random() % 2 == 0 ? members : 100;
  Numbers numbers;
  for (uint32_t i = 0; i < count; ++i) numbers.insert(std::min(members - 1, start + random() % span));
  return numbers;
}

WordSetsDraft::Id Make(WordSetsDraft& sets, const Numbers& numbers) {
  const std::vector<uint32_t> sorted(numbers.begin(), numbers.end());
  return sets.Make(sorted);
}

TEST(WordSets, IntersectAndUniteAsPlainSetsDo) {
  Random random(1);
  int common_words = 0;
  for (const uint32_t members : {1U, 20U, 64U, 65U, 200U, 513U, 5000U, 20000U}) {
    WordSetsDraft sets(members);
    std::vector<std::pair<WordSetsDraft::Id, Numbers>> all = {{WordSetsDraft::kEmpty, {}}};
    for (int i = 0; i < 24; ++i) {
      const Numbers numbers = RandomNumbers(random, members);
      all.emplace_back(Make(sets, numbers), numbers);
    }
    for (int i = 0; i < 24; ++i) {
      const auto& [a, left] = all[random() % all.size()];
      const auto& [b, right] = all[random() % all.size()];
      Numbers both = left;
      both.insert(right.begin(), right.end());
      all.emplace_back(sets.Union(a, b), both);
    }
    const PackedSets packed(sets);
    for (const auto& [a, left] : all) {
      for (const auto& [b, right] : all) {
        Numbers common;
        std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                              std::inserter(common, common.end()));
        ASSERT_EQ(Common(packed.view(), sets.Packed(a), sets.Packed(b)), common) << "of " << members;
        common_words += common.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(common_words, 1000);
}

TEST(WordSets, EqualSetsAreStoredOnce) {
  WordSetsDraft sets(1000);
  const uint32_t numbers[] = {3, 3, 700};
  const uint32_t other[] = {700};
  const WordSetsDraft::Id first = sets.Make(numbers);
  EXPECT_EQ(sets.Make(numbers), first);
  EXPECT_NE(sets.Make(other), first);
  EXPECT_EQ(sets.Union(sets.Make(other), first), first);
  EXPECT_EQ(sets.Make({}), WordSetsDraft::kEmpty);
  EXPECT_EQ(sets.Difference(sets.Make(other), first), WordSetsDraft::kEmpty);
}

std::string RandomText(Random& random) {
  std::string text;
  for (std::size_t n = random() % 7; n > 0; --n) text += "ab\xC3:"[random() % 4];
  return text;
}

// What the entries say of a key.
struct Expected {
  Numbers found;
  Numbers excluded;
};

Expected Expect(const std::vector<PrefixEntry>& entries, const std::string& key) {
  Expected expected;
  for (const PrefixEntry& entry : entries) {
    const bool begins = entry.exact ? key == entry.text : key.starts_with(entry.text);
    if (begins) (entry.excluded ? expected.excluded : expected.found).insert(entry.number);
  }
  return expected;
}

// How many of 300 keys found something.
int CheckKeys(const std::vector<PrefixEntry>& entries, uint32_t count, TrieLayout layout, Random& random) {
  WordSetsDraft sets(count);
  std::vector<uint32_t> every_number(count);
  std::iota(every_number.begin(), every_number.end(), 0);
  const WordSetsDraft::Id every = sets.Make(every_number);
  const PrefixTrieDraft draft(entries, sets);
  PrefixTrieDraft accumulated_draft = draft;
  accumulated_draft.Accumulate(sets);
  const PackedSets packed(sets);
  const PackedTrie trie(draft, layout, sets);
  const PackedTrie accumulated(accumulated_draft, layout, sets);
  const auto numbers = [&](WordSets::Id set) { return Common(packed.view(), set, sets.Packed(every)); };
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string key = RandomText(random) + (i % 3 == 0 ? RandomText(random) : "");
    Expected expected = Expect(entries, key);
    Numbers have;
    trie.view().ForEachOnPath(key, [&](WordSets::Id set) { have.merge(numbers(set)); });
    EXPECT_EQ(have, expected.found) << key;
    for (const uint32_t number : expected.excluded) expected.found.erase(number);
    EXPECT_EQ(numbers(accumulated.view().Deepest(key).set), expected.found) << key;
    found += expected.found.empty() ? 0 : 1;
  }
  return found;
}

TEST(PrefixTrie, FindsTheBeginningsOfAKey) {
  Random random(2);
  int found = 0;
  for (const uint32_t count : {0U, 1U, 5U, 32U, 33U, 60U, 64U, 65U, 400U, 3000U}) {
    std::vector<PrefixEntry> entries;
    for (uint32_t i = 0; i < count; ++i) {
      entries.push_back({RandomText(random), random() % 2 == 0, i, false});
      if (random() % 4 == 0)
        entries.push_back({RandomText(random), random() % 2 == 0, random() % count, true});
    }
    for (const TrieLayout layout : LayoutsFor(count)) found += CheckKeys(entries, count, layout, random);
  }
  EXPECT_GT(found, 500);
}

TEST(PrefixTrie, FindsLongTextsAmongManyChildren) {
  Random random(3);
  for (const std::size_t size : {7U, 8U, 9U, 15U, 64U, 65U, 70'000U}) {
    std::vector<PrefixEntry> entries;
    for (uint32_t i = 0; i < 60; ++i) {
      std::string text = "common";
      text += static_cast<char>(i * 4 + 3);
      entries.push_back({text + std::string(size, 'x') + "y", i % 2 == 0, i, false});
    }
    WordSetsDraft sets(60);
    const PrefixTrieDraft draft(entries, sets);
    const PackedTrie trie(draft, TrieLayout::kOneWord, sets);
    for (const PrefixEntry& entry : entries) {
      const auto visited = [&](const std::string& key) {
        uint64_t bits = 0;
        trie.view().ForEachOnPath(key, [&](WordSets::Id set) { bits |= set; });
        return bits;
      };
      const uint64_t itself = uint64_t{1} << entry.number;
      EXPECT_EQ(visited(entry.text), itself);
      EXPECT_EQ(visited(entry.text + "z"), entry.exact ? 0 : itself);
      EXPECT_EQ(visited(entry.text.substr(0, entry.text.size() - 1)), 0U);
      EXPECT_EQ(visited(entry.text.substr(0, 7) + "?" + entry.text.substr(8)), 0U);
    }
  }
}

}  // namespace
}  // namespace wardkeep::policy
