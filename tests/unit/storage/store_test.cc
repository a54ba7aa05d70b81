#include "storage/store.h"

#include <gtest/gtest.h>

namespace wardkeep::storage {
namespace {

// Stored databases hold these names: they can never change.
TEST(DocumentKind, NamesAreThoseInTheDatabase) {
  const std::pair<DocumentKind, const char*> names[] = {
      {DocumentKind::kAccount, "account"},
      {DocumentKind::kUser, "user"},
      {DocumentKind::kGroup, "group"},
      {DocumentKind::kRole, "role"},
      {DocumentKind::kPolicy, "policy"},
      {DocumentKind::kInstanceProfile, "instance_profile"},
      {DocumentKind::kUsage, "usage"},
      {DocumentKind::kActionUsage, "action_usage"},
      {DocumentKind::kServerCertificate, "server_certificate"},
      {DocumentKind::kDelegationRequest, "delegation_request"},
      {DocumentKind::kOidcProvider, "oidc_provider"},
      {DocumentKind::kSamlProvider, "saml_provider"},
      {DocumentKind::kMfaDevice, "mfa_device"}};
  for (const auto& [kind, name] : names) {
    EXPECT_EQ(DocumentKindName(kind), name);
    EXPECT_EQ(ParseDocumentKind(name), kind);
  }
  for (const char* other : {"", "User", "users", "session"}) EXPECT_FALSE(ParseDocumentKind(other)) << other;
}

TEST(CheckBatch, AllowsOneIdInTwoKindsButNotTwiceInOne) {
  const base::AccountId account("111111111111");
  EXPECT_TRUE(CheckBatch({account, {}}));
  EXPECT_TRUE(
      CheckBatch({account, {{DocumentKind::kUser, "X", "", "{}"}, {DocumentKind::kUsage, "X", "", "{}"}}}));
  const auto twice =
      CheckBatch({account, {{DocumentKind::kUser, "X", "a", "{}"}, {DocumentKind::kUser, "X", "b", "{}"}}});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, base::ErrorCode::kInvalid);
}

}  // namespace
}  // namespace wardkeep::storage
