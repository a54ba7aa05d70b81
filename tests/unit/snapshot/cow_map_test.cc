#include "snapshot/cow_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace wardkeep::snapshot {
namespace {

using Map = CowMap<std::string, int>;

std::map<std::string, int> Content(const Map& map) {
  std::map<std::string, int> content;
  std::string last;
  map.ForEach([&](const std::string& key, int value) {
    EXPECT_TRUE(content.empty() || last < key) << "keys are visited in order";
    last = key;
    content[key] = value;
  });
  EXPECT_EQ(content.size(), map.size());
  return content;
}

std::string KeyOf(uint64_t number) {
  return "key-" + std::to_string(number);
}

TEST(CowMap, EmptyMapHasNothing) {
  Map map;
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.Find("a"), nullptr);
  EXPECT_FALSE(map.Erase("a"));
  EXPECT_TRUE(Content(map).empty());
  EXPECT_TRUE(Map::FromSorted({}).empty());
}

// Random operations against std::map, with old copies checked to be as they were.
TEST(CowMap, AgreesWithAMapAndLeavesCopiesAlone) {
  std::mt19937 random(42);
  Map map;
  std::map<std::string, int> expected;
  std::vector<std::pair<Map, std::map<std::string, int>>> copies;
  for (int step = 0; step < 20'000; ++step) {
    // The range of keys shrinks in the second half, so that leaves empty and vanish.
    const uint64_t range = step < 10'000 ? 2000 : 50;
    const std::string key = KeyOf(random() % range);
    if (random() % 3 == 0 || (step > 10'000 && random() % 2 == 0)) {
      EXPECT_EQ(map.Erase(key), expected.erase(key) == 1);
    } else {
      map.Set(key, step);
      expected[key] = step;
    }
    const std::string probe = KeyOf(random() % 2000);
    const int* found = map.Find(probe);
    const auto wanted = expected.find(probe);
    ASSERT_EQ(found != nullptr, wanted != expected.end());
    if (found != nullptr) {
      EXPECT_EQ(*found, wanted->second);
    }
    if (step % 2500 == 0) copies.emplace_back(map, expected);
  }
  EXPECT_EQ(Content(map), expected);
  for (const auto& [copy, content] : copies) EXPECT_EQ(Content(copy), content);
}

TEST(CowMap, FromSortedEqualsSetOneByOne) {
  for (const std::size_t size : {1U, 47U, 48U, 49U, 96U, 97U, 5000U}) {
    std::map<std::string, int> expected;
    for (std::size_t i = 0; i < size; ++i) expected[KeyOf(i)] = static_cast<int>(i);
    Map map = Map::FromSorted({expected.begin(), expected.end()});
    EXPECT_EQ(Content(map), expected);
    map.Set("key-new", 1);
    map.Erase("key-0");
    expected["key-new"] = 1;
    expected.erase("key-0");
    EXPECT_EQ(Content(map), expected);
  }
}

TEST(CowMap, VisitAfterStartsBehindTheKeyWhetherPresentOrNot) {
  Map map;
  for (uint32_t i = 0; i < 500; i += 2) map.Set(std::to_string(3000 + i), static_cast<int>(i));
  for (uint32_t i = 0; i < 501; ++i) {
    const std::string after = std::to_string(2999 + i);
    std::vector<std::string> seen;
    map.VisitAfter(&after, [&](const std::string& key, int) {
      seen.push_back(key);
      return seen.size() < 3;
    });
    const uint32_t first = 3000 + (i + 1) / 2 * 2;
    std::vector<std::string> expected;
    for (uint32_t key = first; key < 3500 && expected.size() < 3; key += 2)
      expected.push_back(std::to_string(key));
    EXPECT_EQ(seen, expected) << after;
  }
  int all = 0;
  map.VisitAfter(nullptr, [&](const std::string&, int) { return ++all > 0; });
  EXPECT_EQ(all, 250);
}

TEST(CowMap, FindsByStringView) {
  Map map;
  map.Set("alpha", 1);
  EXPECT_EQ(*map.Find(std::string_view("alpha")), 1);
  EXPECT_TRUE(map.Erase(std::string_view("alpha")));
}

}  // namespace
}  // namespace wardkeep::snapshot
