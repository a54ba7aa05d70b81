#include "entity/quota.h"

#include <gtest/gtest.h>

namespace wardkeep::entity {
namespace {

// The recorded messages of policy-semantics 1.6 and data-formats 15.
TEST(Quota, MessageIsTheOneAwsGives) {
  EXPECT_EQ(QuotaMessage(Quota::kUsersPerAccount, DefaultLimit(Quota::kUsersPerAccount)),
            "Cannot exceed quota for UsersPerAccount: 5000");
  EXPECT_EQ(QuotaMessage(Quota::kPolicySize, 6144), "Cannot exceed quota for PolicySize: 6144");
  EXPECT_EQ(QuotaMessage(Quota::kTrustPolicySize, DefaultLimit(Quota::kTrustPolicySize)),
            "Cannot exceed quota for ACLSizePerRole: 2048");
  EXPECT_EQ(QuotaMessage(Quota::kRolesPerInstanceProfile, DefaultLimit(Quota::kRolesPerInstanceProfile)),
            "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
}

TEST(Quota, EveryRowHasANameAndALimit) {
  for (int i = 0; i < static_cast<int>(Quota::kCount); ++i) {
    EXPECT_FALSE(QuotaName(static_cast<Quota>(i)).empty()) << i;
    EXPECT_GT(DefaultLimit(static_cast<Quota>(i)), 0) << i;
  }
}

}  // namespace
}  // namespace wardkeep::entity
