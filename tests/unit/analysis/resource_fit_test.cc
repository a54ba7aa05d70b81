#include "analysis/resource_fit.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wardkeep::analysis {
namespace {

struct FitRow {
  std::string_view pattern;
  std::string_view arn_template;
  bool fits;
};

constexpr std::string_view kBucket = "arn:${Partition}:s3:::${BucketName}";
constexpr std::string_view kRole = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}";
constexpr std::string_view kUser = "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}";

TEST(ResourceFit, SaysWhetherAPatternCanNameAResourceOfTheType) {
  for (const FitRow& row : std::vector<FitRow>{
           {"*", kBucket, true},
           {"**", kBucket, true},
           {"arn:aws:s3:::logs", kBucket, true},
           {"arn:aws:s3:::logs*", kBucket, true},
           {"arn:*:s3:::*", kBucket, true},
           {"arn:*", kBucket, true},
           {"arn:aws:s3", kBucket, true},
           {"arn:aws:sqs:us-east-1:111122223333:logs", kBucket, false},
           {"arn:aws:iam::111122223333:role/dev", kRole, true},
           {"arn:aws:iam::111122223333:role/dev", kUser, false},
           {"arn:aws:iam::111122223333:*/dev", kUser, true},
           {"arn:aws:iam::111122223333:u?er/dev", kUser, true},
           {"arn:aws:iam::111122223333:u?r/dev", kUser, false},
           {"arn:aws:iam::*:user/${aws:username}", kUser, true},
           {"arn:aws:iam::*:user/${aws:username}", kRole, false},
           {"arn:aws:iam::*:${aws:PrincipalTag/kind}/x", kRole, true},
           {"", kRole, false},
           {"role/dev", kRole, false},
       }) {
    EXPECT_EQ(CanName(row.pattern, row.arn_template), row.fits) << row.pattern << " " << row.arn_template;
  }
}

TEST(ResourceFit, AnUnclosedVariableIsPlainText) {
  EXPECT_FALSE(CanName("arn:aws:iam::1:user/${x", "arn:aws:iam::1:user/y"));
  EXPECT_TRUE(CanName("arn:aws:iam::1:user/${x", kUser));
}

TEST(ResourceFit, OnlyStarsNameEverything) {
  EXPECT_TRUE(NamesEverything("*"));
  EXPECT_TRUE(NamesEverything("***"));
  EXPECT_FALSE(NamesEverything(""));
  EXPECT_FALSE(NamesEverything("arn:*"));
}

}  // namespace
}  // namespace wardkeep::analysis
