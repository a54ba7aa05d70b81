#include "entity/arn.h"

#include <gtest/gtest.h>

namespace wardkeep::entity {
namespace {

const base::AccountId kAccount("012345678901");

// The forms of data-formats section 1.
TEST(Arn, HasTheFormAwsGivesIt) {
  EXPECT_EQ(RootArn(kAccount), "arn:aws:iam::012345678901:root");
  EXPECT_EQ(EntityArn(kAccount, "user", "/", "bob"), "arn:aws:iam::012345678901:user/bob");
  EXPECT_EQ(EntityArn(kAccount, "policy", "/a/b/", "P"), "arn:aws:iam::012345678901:policy/a/b/P");
  EXPECT_EQ(AssumedRoleArn(kAccount, "R", "s"), "arn:aws:sts::012345678901:assumed-role/R/s");
  EXPECT_EQ(FederatedUserArn(kAccount, "f"), "arn:aws:sts::012345678901:federated-user/f");
}

TEST(SplitArn, KeepsColonsOfTheResource) {
  const auto parts = SplitArn("arn:aws:s3:eu-west-1:1:a:b/c");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->partition, "aws");
  EXPECT_EQ(parts->service, "s3");
  EXPECT_EQ(parts->region, "eu-west-1");
  EXPECT_EQ(parts->account, "1");
  EXPECT_EQ(parts->resource, "a:b/c");
}

TEST(SplitArn, RefusesFewerThanSixPartsAndOtherPrefixes) {
  for (const char* text : {"", "arn", "arn:aws:iam::1", "urn:aws:iam::1:root", "ARN:aws:iam::1:root"}) {
    EXPECT_FALSE(SplitArn(text)) << text;
  }
}

TEST(SplitEntityResource, SplitsKindPathAndName) {
  struct Case {
    const char* resource;
    const char* kind;
    const char* path;
    const char* name;
  };
  for (const Case& c : {Case{"user/bob", "user", "/", "bob"}, Case{"role/a/b/R", "role", "/a/b/", "R"},
                        Case{"policy//x", "policy", "//", "x"}}) {
    const auto parts = SplitEntityResource(c.resource);
    ASSERT_TRUE(parts) << c.resource;
    EXPECT_EQ(parts->kind, c.kind);
    EXPECT_EQ(parts->path, c.path);
    EXPECT_EQ(parts->name, c.name);
  }
  for (const char* text : {"", "root", "user/", "/bob", "user/a/"})
    EXPECT_FALSE(SplitEntityResource(text)) << text;
}

}  // namespace
}  // namespace wardkeep::entity
