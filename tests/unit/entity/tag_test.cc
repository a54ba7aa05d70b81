#include "entity/tag.h"

#include <gtest/gtest.h>

namespace wardkeep::entity {
namespace {

TEST(MergeTags, ReplacesFoldedKeyAndKeepsNewerSpelling) {
  Tags tags = {{"Team", "a"}, {"Zone", "z"}};
  MergeTags(tags, {{"team", "b"}, {"Alpha", "1"}}, TagKeyCase::kFolded);
  EXPECT_EQ(tags, (Tags{{"Alpha", "1"}, {"Zone", "z"}, {"team", "b"}}));
}

TEST(MergeTags, KeepsBothSpellingsWhenExact) {
  Tags tags = {{"Team", "a"}};
  MergeTags(tags, {{"team", "b"}, {"Team", "c"}}, TagKeyCase::kExact);
  EXPECT_EQ(tags, (Tags{{"Team", "c"}, {"team", "b"}}));
}

TEST(RemoveTags, IgnoresUnknownKeys) {
  Tags tags = {{"A", "1"}, {"B", "2"}};
  RemoveTags(tags, {"a", "x"}, TagKeyCase::kExact);
  EXPECT_EQ(tags.size(), 2U);
  RemoveTags(tags, {"a", "x"}, TagKeyCase::kFolded);
  EXPECT_EQ(tags, (Tags{{"B", "2"}}));
}

TEST(HasDuplicateKeys, ObeysTheCaseRule) {
  EXPECT_FALSE(HasDuplicateKeys({{"a", "1"}, {"A", "2"}}, TagKeyCase::kExact));
  EXPECT_TRUE(HasDuplicateKeys({{"a", "1"}, {"A", "2"}}, TagKeyCase::kFolded));
  EXPECT_TRUE(HasDuplicateKeys({{"a", "1"}, {"b", "1"}, {"a", "1"}}, TagKeyCase::kExact));
  EXPECT_FALSE(HasDuplicateKeys({}, TagKeyCase::kFolded));
}

}  // namespace
}  // namespace wardkeep::entity
