#include "catalog/service_linked_roles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/managed_policies.h"

namespace wardkeep::catalog {
namespace {

TEST(ServiceLinkedRoles, EveryRowIsWholeAndInOrder) {
  const auto table = ServiceLinkedRoles();
  ASSERT_EQ(table.size(), 330U);
  const std::set<std::string_view> marks = {"recorded", "seen", "policy", "listed", "unverified"};
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const ServiceLinkedRoleFacts& row = table[i];
    if (i > 0) {
      EXPECT_LT(table[i - 1].service, row.service);
    }
    EXPECT_TRUE(IsServicePrincipal(row.service)) << row.service;
    EXPECT_TRUE(row.role_name.starts_with("AWSServiceRoleFor")) << row.service;
    EXPECT_LE(row.role_name.size(), 64U) << row.service;
    EXPECT_TRUE(names.insert(row.role_name).second) << "two services share " << row.role_name;
    EXPECT_TRUE(marks.contains(row.confidence)) << row.service << " '" << row.confidence << "'";
    EXPECT_FALSE(row.policies.empty()) << row.service;
  }
}

// One name of 2025 is newer than the collection of the managed policies.
TEST(ServiceLinkedRoles, CarryPoliciesThatTheCatalogueHas) {
  for (const ServiceLinkedRoleFacts& row : ServiceLinkedRoles()) {
    for (const std::string_view policy : row.policies) {
      if (policy == "AmazonLexBotPolicy") continue;
      EXPECT_TRUE(FindManagedPolicy("arn:aws:iam::aws:policy/aws-service-role/" + std::string(policy)))
          << row.service << " " << policy;
    }
  }
}

TEST(ServiceLinkedRoles, AreFoundByTheirService) {
  for (const ServiceLinkedRoleFacts& row : ServiceLinkedRoles()) {
    EXPECT_EQ(FindServiceLinkedRole(row.service), &row);
    EXPECT_EQ(ServiceLinkedRoleName(row.service, ""), row.role_name);
  }
  EXPECT_EQ(FindServiceLinkedRole("no-such.amazonaws.com"), nullptr);
  EXPECT_EQ(FindServiceLinkedRole(""), nullptr);
  EXPECT_EQ(ServiceLinkedRoleName("autoscaling.amazonaws.com", "mine"), "AWSServiceRoleForAutoScaling_mine");
}

// Services of one family do not share a role.
TEST(ServiceLinkedRoles, OfUnknownServicesAreNamedByTheWholePrincipal) {
  EXPECT_EQ(ServiceLinkedRoleName("brand-new.amazonaws.com", ""), "AWSServiceRoleForBrandNew");
  EXPECT_EQ(ServiceLinkedRoleName("part.brand-new.amazonaws.com", ""), "AWSServiceRoleForPart_BrandNew");
  EXPECT_EQ(ServiceLinkedRoleName("brand-new.amazonaws.com.cn", ""), "AWSServiceRoleForBrandNew");
}

TEST(ServiceLinkedRoles, TellServicePrincipals) {
  for (const char* yes : {"ec2.amazonaws.com", "a.b-c.amazonaws.com", "ec2.amazonaws.com.cn"}) {
    EXPECT_TRUE(IsServicePrincipal(yes)) << yes;
  }
  for (const char* no :
       {"", "ec2", ".amazonaws.com", "EC2.amazonaws.com", "ec2.amazonaws.org", "a b.amazonaws.com"}) {
    EXPECT_FALSE(IsServicePrincipal(no)) << no;
  }
}

}  // namespace
}  // namespace wardkeep::catalog
