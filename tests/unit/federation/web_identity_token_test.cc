#include "federation/web_identity_token.h"

#include <gtest/gtest.h>

#include "json/parse.h"

namespace wardkeep::federation {
namespace {

TokenClaims Claims() {
  TokenClaims claims;
  claims.issuer = "https://issuer";
  claims.subject = "arn:aws:iam::123456789012:role/a";
  claims.audiences = {"one"};
  claims.issued_at = base::FromUnixSeconds(1'700'000'000);
  claims.expires_at = base::FromUnixSeconds(1'700'000'300);
  claims.id = "id";
  claims.account = "123456789012";
  return claims;
}

TEST(ClaimsText, HoldsTheStandardClaimsAndAwsOwn) {
  EXPECT_EQ(ClaimsText(Claims()),
            R"({"iss":"https://issuer","sub":"arn:aws:iam::123456789012:role/a","aud":"one",)"
            R"("iat":1700000000,"exp":1700000300,"jti":"id",)"
            R"("https://sts.amazonaws.com/":{"aws_account":"123456789012"}})");
}

TEST(ClaimsText, WritesSeveralAudiencesAsAListAndTagsAsObjects) {
  TokenClaims claims = Claims();
  claims.audiences = {"one", "t\"wo"};
  claims.principal_tags = {{"team", "a"}};
  claims.request_tags = {{"k", "v"}, {"l", ""}};
  const std::string text = ClaimsText(claims);
  EXPECT_NE(text.find(R"("aud":["one","t\"wo"])"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("principal_tags":{"team":"a"},"request_tags":{"k":"v","l":""})"), std::string::npos);
}

TEST(KeySet, IsJsonWithThePublicHalvesOnly) {
  const auto rsa = crypto::SigningKeyPair::Generate(crypto::SigningAlgorithm::kRs256);
  const auto ec = crypto::SigningKeyPair::Generate(crypto::SigningAlgorithm::kEs384);
  const auto set = json::Parse(KeySet({PublicJwk(rsa, "a"), PublicJwk(ec, "b")}));
  ASSERT_TRUE(set);
  const auto keys = set->Find("keys")->elements();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(*keys[0].Find("kid")->AsString(), "a");
  EXPECT_EQ(*keys[0].Find("e")->AsString(), "AQAB");
  EXPECT_EQ(*keys[1].Find("crv")->AsString(), "P-384");
  for (const auto& key : keys) EXPECT_EQ(key.Find("d"), nullptr);
}

TEST(IssuerId, LeadsBackToItsAccount) {
  const std::string uuid = "a0b1c2d3-e4f5-4678-9abc-def012345678";
  for (const char* account : {"000000000000", "000000000001", "123456789012", "999999999999"}) {
    const std::string id = MakeIssuerId(account, uuid);
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(id.substr(11), uuid.substr(11));
    EXPECT_EQ(AccountOfIssuerId(id), account) << id;
  }
}

TEST(IssuerId, OtherTextsLeadNowhere) {
  for (const char* text : {"", "x", "a0b1c2d3-e4f5-4678-9abc-def01234567",
                           "A0b1c2d3-e4f5-4678-9abc-def012345678", "a0b1c2d3ae4f5-4678-9abc-def012345678",
                           "a0b1c2d3-e4f5-4678-9abc-def01234567g", "ffffffff-ff00-4678-9abc-def012345678"}) {
    EXPECT_EQ(AccountOfIssuerId(text), "") << text;
  }
}

}  // namespace
}  // namespace wardkeep::federation
