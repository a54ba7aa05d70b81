#include "wire/form.h"

#include <gtest/gtest.h>

namespace wardkeep::wire {
namespace {

TEST(Form, DecodesPercentAndPlusInNamesAndValues) {
  const auto form =
      ParseForm("Action=Create+User&Tags.member.1.Key=a%20b%2Bc&%41=%C3%A9&Empty=&Bare&&Action=Second");
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->pairs.size(), 6u);
  EXPECT_EQ(*form->Find("Action"), "Create User");
  EXPECT_EQ(*form->Find("Tags.member.1.Key"), "a b+c");
  EXPECT_EQ(*form->Find("A"), "\xC3\xA9");
  EXPECT_EQ(*form->Find("Empty"), "");
  EXPECT_EQ(*form->Find("Bare"), "");
  EXPECT_EQ(form->Find("action"), nullptr);
}

TEST(Form, RefusesBrokenEscapesInAwsWords) {
  const struct {
    std::string_view text;
    std::string_view message;
  } rows[] = {
      {"a=%", "Incomplete trailing escape % sequence"},
      {"a=%4", "Incomplete trailing escape % sequence"},
      {"a=%zz", "Illegal hex characters in escape % pattern: %zz"},
      {"%4g=1", "Illegal hex characters in escape % pattern: %4g"},
  };
  for (const auto& row : rows) {
    const auto form = ParseForm(row.text);
    ASSERT_FALSE(form.has_value()) << row.text;
    EXPECT_EQ(form.error().code, "MalformedQueryString");
    EXPECT_EQ(form.error().message, row.message);
  }
}

TEST(Form, RefusesTextThatIsNotUtf8) {
  for (const char* text : {"a=%FF", "a=\xC0\xAF", "a=%ED%A0%80", "%C3=1"}) {
    const auto form = ParseForm(text);
    ASSERT_FALSE(form.has_value()) << text;
    EXPECT_EQ(form.error().code, "MalformedInput");
  }
}

TEST(Form, BoundsTheNumberOfParameters) {
  std::string text;
  for (size_t i = 0; i < kMaxFormParameters; ++i) text += "a=1&";
  EXPECT_TRUE(ParseForm(text).has_value());
  EXPECT_FALSE(ParseForm(text + "a=1").has_value());
}

}  // namespace
}  // namespace wardkeep::wire
