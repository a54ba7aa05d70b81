// Limits raised by the operator: for all accounts, for one, never below AWS's.
#include "entity/account_limits.h"

#include <gtest/gtest.h>

namespace wardkeep::entity {
namespace {

const base::AccountId kOne("123456789012");
const base::AccountId kOther("999999999999");

TEST(AccountLimits, AreThoseOfAwsUntilRaised) {
  AccountLimits limits;
  EXPECT_EQ(limits.Limit(kOne, Quota::kUsersPerAccount), 5000);
  ASSERT_TRUE(limits.Raise("UsersPerAccount=7000"));
  ASSERT_TRUE(limits.Raise("123456789012:UsersPerAccount=9000"));
  ASSERT_TRUE(limits.Raise("123456789012:GroupsPerUser=20"));
  EXPECT_EQ(limits.Limit(kOne, Quota::kUsersPerAccount), 9000);
  EXPECT_EQ(limits.Limit(kOther, Quota::kUsersPerAccount), 7000);
  EXPECT_EQ(limits.Limit(kOne, Quota::kGroupsPerUser), 20);
  EXPECT_EQ(limits.Limit(kOther, Quota::kGroupsPerUser), 10);
}

TEST(AccountLimits, RefuseWhatIsNoRaise) {
  for (const char* text :
       {"", "UsersPerAccount", "UsersPerAccount=", "UsersPerAccount=x", "UsersPerAccount=4999",
        "UsersPerAccount=1000001", "UsersPerAccount=7000x", "Users=7000", "12:UsersPerAccount=7000",
        ":UsersPerAccount=7000", "PolicySize=10000", "VersionsPerPolicy=9", "TagsPerResource=60"}) {
    AccountLimits limits;
    EXPECT_FALSE(limits.Raise(text)) << text;
    EXPECT_EQ(limits.Limit(kOne, Quota::kUsersPerAccount), 5000);
  }
}

TEST(FindQuota, KnowsEveryName) {
  for (uint8_t i = 0; i < static_cast<uint8_t>(Quota::kCount); ++i) {
    EXPECT_EQ(FindQuota(QuotaName(static_cast<Quota>(i))), static_cast<Quota>(i));
  }
  EXPECT_EQ(FindQuota("Nothing"), std::nullopt);
}

}  // namespace
}  // namespace wardkeep::entity
