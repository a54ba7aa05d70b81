#include "federation/idp_certificate.h"

#include <gtest/gtest.h>

namespace wardkeep::federation {
namespace {

// SHA-1 of the bytes "abc" is FIPS 180's example; the certificate need not be one for its digest.
TEST(LastThumbprint, IsTheDigestOfTheLastCertificate) {
  const std::string abc = "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n";
  const std::string other = "-----BEGIN CERTIFICATE-----\nAAAA\nAAAA\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(*LastThumbprint(abc), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(*LastThumbprint(other + abc), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_NE(*LastThumbprint(abc + other), *LastThumbprint(abc));
}

TEST(LastThumbprint, BrokenChainsAreRefused) {
  for (const char* chain :
       {"", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----"}) {
    EXPECT_FALSE(LastThumbprint(chain)) << chain;
  }
}

TEST(KeySetUrl, ComesFromADocumentOfTheSameIssuer) {
  const auto url =
      KeySetUrl(R"({"issuer":"https://a.com/x","jwks_uri":"https://keys.a.com/k","more":[1]})", "a.com/x");
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, "https://keys.a.com/k");
}

TEST(KeySetUrl, OtherDocumentsAreRefused) {
  for (const char* document :
       {"", "[]", "{}", R"({"issuer":"https://b.com","jwks_uri":"https://a.com/k"})",
        R"({"issuer":1,"jwks_uri":"https://a.com/k"})", R"({"issuer":"https://a.com"})",
        R"({"issuer":"https://a.com","jwks_uri":"http://a.com/k"})",
        R"({"issuer":"https://a.com","jwks_uri":"https://a.com:1/k"})",
        R"({"issuer":"https://a.com","jwks_uri":["https://a.com/k"]})"}) {
    EXPECT_FALSE(KeySetUrl(document, "a.com")) << document;
  }
}

}  // namespace
}  // namespace wardkeep::federation
