// The parts of the policy index against plain containers, on random contents of many sizes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "policy/index/prefix_trie.h"
#include "policy/index/word_sets.h"

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

Numbers RandomNumbers(Random& random, uint32_t members) {
  // Few, many in one place, or many all over.
  const uint32_t count = random() % 3 == 0 ? members / 2 : random() % 9;
  const uint32_t start = random() % 2 == 0 ? 0 : random() % members;
  const uint32_t span = random() % 2 == 0 ? members : 100;
  Numbers numbers;
  for (uint32_t i = 0; i < count; ++i) numbers.insert(std::min(members - 1, start + random() % span));
  return numbers;
}

WordSets::Id Make(WordSets& sets, const Numbers& numbers) {
  const std::vector<uint32_t> sorted(numbers.begin(), numbers.end());
  return sets.Make(sorted);
}

TEST(WordSets, IntersectAndUniteAsPlainSetsDo) {
  Random random(1);
  int common_words = 0;
  for (const uint32_t members : {1U, 20U, 64U, 65U, 200U, 513U, 5000U, 20000U}) {
    WordSets sets(members);
    std::vector<std::pair<WordSets::Id, Numbers>> all = {{WordSets::kEmpty, {}}};
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
    sets.Freeze();
    for (const auto& [a, left] : all) {
      for (const auto& [b, right] : all) {
        Numbers common;
        std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                              std::inserter(common, common.end()));
        ASSERT_EQ(Common(sets, a, b), common) << "of " << members;
        common_words += common.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(common_words, 1000);
}

TEST(WordSets, EqualSetsAreStoredOnce) {
  WordSets sets(1000);
  const uint32_t numbers[] = {3, 3, 700};
  const uint32_t other[] = {700};
  const WordSets::Id first = sets.Make(numbers);
  EXPECT_EQ(sets.Make(numbers), first);
  EXPECT_NE(sets.Make(other), first);
  EXPECT_EQ(sets.Union(sets.Make(other), first), first);
  EXPECT_EQ(sets.Make({}), WordSets::kEmpty);
  EXPECT_EQ(sets.Difference(sets.Make(other), first), WordSets::kEmpty);
}

std::string RandomText(Random& random) {
  std::string text;
  for (std::size_t n = random() % 7; n > 0; --n) text += "ab\xC3:"[random() % 4];
  return text;
}

TEST(PrefixTrie, FindsTheBeginningsOfAKey) {
  Random random(2);
  int found = 0;
  for (const uint32_t count : {0U, 1U, 5U, 60U, 400U, 3000U}) {
    std::vector<PrefixEntry> entries;
    for (uint32_t i = 0; i < count; ++i) {
      entries.push_back({RandomText(random), random() % 2 == 0, i, false});
      if (random() % 4 == 0)
        entries.push_back({RandomText(random), random() % 2 == 0, random() % count, true});
    }
    WordSets sets(count);
    const std::vector<uint32_t> every_number = [&] {
      std::vector<uint32_t> numbers(count);
      for (uint32_t i = 0; i < count; ++i) numbers[i] = i;
      return numbers;
    }();
    const WordSets::Id every = sets.Make(every_number);
    const PrefixTrie trie(entries, sets);
    PrefixTrie accumulated = trie;
    accumulated.Accumulate(sets);
    for (int i = 0; i < 300; ++i) {
      const std::string key = RandomText(random) + (i % 3 == 0 ? RandomText(random) : "");
      Numbers want;
      Numbers excluded;
      for (const PrefixEntry& entry : entries) {
        const bool begins = entry.exact ? key == entry.text : key.starts_with(entry.text);
        if (begins) (entry.excluded ? excluded : want).insert(entry.number);
      }
      Numbers have;
      trie.ForEachOnPath(key, [&](WordSets::Id set) { have.merge(Common(sets, set, every)); });
      ASSERT_EQ(have, want) << key;
      for (const uint32_t number : excluded) want.erase(number);
      ASSERT_EQ(Common(sets, accumulated.Deepest(key).set, every), want) << key;
      found += want.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(found, 500);
}

}  // namespace
}  // namespace wardkeep::policy
