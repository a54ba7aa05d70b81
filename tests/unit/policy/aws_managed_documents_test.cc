// Every AWS managed policy must be readable by our own parser: they are attached like any customer's.
#include <gtest/gtest.h>

#include "catalog/managed_policies.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

TEST(AwsManagedDocuments, AllParseAsIdentityPolicies) {
  std::size_t statements = 0;
  for (std::size_t i = 0; i < catalog::ManagedPolicyCount(); ++i) {
    const catalog::ManagedPolicyEntry entry = catalog::ManagedPolicyAt(i);
    const ParseOutcome outcome =
        ParseDocument(catalog::ManagedPolicyDocument(entry), DocumentKind::kIdentity);
    ASSERT_FALSE(outcome.error) << entry.name << ": " << outcome.error->message;
    statements += outcome.document->statements.size();
  }
  EXPECT_EQ(statements, 8853U);  // action-catalogue 2.2
}

}  // namespace
}  // namespace wardkeep::policy
