// AWS's own managed policies are the largest body of real documents: all pass the checks that customers face.
#include <gtest/gtest.h>

#include "catalog/managed_policies.h"
#include "policy/model/same_document.h"
#include "policy/print/print_document.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

TEST(ParseManagedPolicies, AreAcceptedAndPrintable) {
  int accepted = 0;
  for (std::size_t i = 0; i < catalog::ManagedPolicyCount(); ++i) {
    const catalog::ManagedPolicyEntry entry = catalog::ManagedPolicyAt(i);
    const ParseOutcome outcome =
        ParseDocument(catalog::ManagedPolicyDocument(entry), DocumentKind::kIdentity);
    EXPECT_NE(outcome.document, nullptr)
        << entry.name << ": " << (outcome.error ? outcome.error->message : "");
    if (outcome.document == nullptr) continue;
    ++accepted;
    const ParseOutcome again = ParseDocument(PrintDocument(*outcome.document), DocumentKind::kIdentity);
    ASSERT_NE(again.document, nullptr) << entry.name;
    EXPECT_TRUE(SameDocument(*outcome.document, *again.document)) << entry.name;
  }
  EXPECT_GT(accepted, 1000);
}

}  // namespace
}  // namespace wardkeep::policy
