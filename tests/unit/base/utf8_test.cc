#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

#include "base/join.h"

namespace wardkeep::base {
namespace {

using namespace std::string_view_literals;

// The limits of Unicode's table 3-7.
TEST(Utf8, KnowsWellFormedSequences) {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"a"sv, 1},
      {"\0"sv, 1},
      {"\x7F"sv, 1},
      {"\x80"sv, 0},      // continues nothing
      {"\xC1\xBF"sv, 0},  // overlong
      {"\xC2\x80"sv, 2},
      {"\xDF\xBF"sv, 2},
      {"\xC2"sv, 0},  // cut short
      {"\xC2x"sv, 0},
      {"\xE0\x9F\xBF"sv, 0},  // overlong
      {"\xE0\xA0\x80"sv, 3},
      {"\xED\x9F\xBF"sv, 3},
      {"\xED\xA0\x80"sv, 0},  // surrogate
      {"\xEF\xBF\xBF"sv, 3},
      {"\xE2\x82"sv, 0},
      {"\xF0\x8F\xBF\xBF"sv, 0},  // overlong
      {"\xF0\x90\x80\x80"sv, 4},
      {"\xF4\x8F\xBF\xBF"sv, 4},
      {"\xF4\x90\x80\x80"sv, 0},  // beyond U+10FFFF
      {"\xF5\x80\x80\x80"sv, 0},
      {"\xFF"sv, 0},
  };
  for (const auto& [text, length] : cases) {
    EXPECT_EQ(Utf8Length(text), length) << testing::PrintToString(text);
    EXPECT_EQ(Utf8Length(std::string(text) + "x"), length) << testing::PrintToString(text);
    EXPECT_EQ(IsUtf8(text), length > 0) << testing::PrintToString(text);
    EXPECT_EQ(IsUtf8("a" + std::string(text) + "b"), length > 0) << testing::PrintToString(text);
    if (length > 0) {
      EXPECT_EQ(CountCharacters(text), 1) << testing::PrintToString(text);
    }
  }
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_EQ(CountCharacters("a\xC3\xA4\xE2\x82\xAC"), 3);
}

TEST(Utf8, CutsBetweenCharacters) {
  const std::string_view text = "a\xE2\x82\xAC\xC3\xA4";  // 1, 3 and 2 bytes
  const std::size_t sizes[] = {0, 1, 1, 1, 4, 4, 6, 6};
  for (std::size_t bytes = 0; bytes < std::size(sizes); ++bytes) {
    EXPECT_EQ(BeginningOf(text, bytes), text.substr(0, sizes[bytes])) << bytes;
  }
}

TEST(Join, SeparatesAlsoEmptyTexts) {
  EXPECT_EQ(Join({}, ", "), "");
  EXPECT_EQ(Join(std::vector<std::string>{"a"}, ", "), "a");
  EXPECT_EQ(Join(std::vector<std::string>{"", "a", ""}, ", "), ", a, ");
}

}  // namespace
}  // namespace wardkeep::base
