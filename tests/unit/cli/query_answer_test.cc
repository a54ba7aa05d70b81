#include "cli/query_answer.h"

#include <gtest/gtest.h>

namespace wardkeep::cli {
namespace {

constexpr const char* kKeys =
    "<ListAccessKeysResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListAccessKeysResult>"
    "<AccessKeyMetadata><member><AccessKeyId>AKIA1</AccessKeyId><Status>Active</Status></member>\n"
    "<member><AccessKeyId>AKIA2</AccessKeyId><Status>Inactive</Status></member></AccessKeyMetadata>"
    "<IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>";

TEST(QueryAnswer, GivesElementsInOrder) {
  const auto members = ElementsOf(kKeys, "member");
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(TextOf(members[0], "AccessKeyId"), "AKIA1");
  EXPECT_EQ(TextOf(members[1], "Status"), "Inactive");
  EXPECT_EQ(TextOf(kKeys, "IsTruncated"), "false");
}

TEST(QueryAnswer, TakesNoLongerNameForAShorterOne) {
  EXPECT_EQ(TextOf("<ArnList><Arn>a</Arn></ArnList>", "Arn"), "a");
  EXPECT_EQ(TextOf("<ArnList>x</ArnList>", "Arn"), std::nullopt);
  EXPECT_EQ(TextOf("<Arn/>", "Arn"), std::nullopt);
}

TEST(QueryAnswer, UndoesEntitiesOnce) {
  EXPECT_EQ(TextOf("<M>&lt;a&gt; &amp;amp; &quot;b&quot; &#39;c&apos; &x; &</M>", "M"),
            "<a> &amp; \"b\" 'c' &x; &");
}

TEST(QueryAnswer, BrokenTextsHaveNothing) {
  for (const char* text : {"", "<", "<M", "<M>", "<M>x", "<M a=\"1\"", "</M>", "<M></N>", "<M </M>"}) {
    EXPECT_EQ(TextOf(text, "M"), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wardkeep::cli
