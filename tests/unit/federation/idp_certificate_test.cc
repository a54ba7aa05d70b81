#include "federation/idp_certificate.h"

#include <gtest/gtest.h>

#include "../certificate/sample_keys.h"
#include "base/time_text.h"

namespace wardkeep::federation {
namespace {

namespace sample = certificate::sample;

const base::Instant kNow = *base::ParseIso8601("2027-01-01T00:00:00Z");

std::string Join(std::initializer_list<std::string_view> certificates) {
  std::string chain;
  for (const std::string_view one : certificates) chain += one;
  return chain;
}

// openssl x509 -fingerprint -sha1 of the two.
constexpr std::string_view kRootPrint = "7a59db8befb1ecbe52d1f64f1c0b9de073fe3804";
constexpr std::string_view kLeafPrint = "2962ce9a9ee7147857219129a282f2ae7703bc94";

TEST(LastThumbprint, IsThatOfTheLastCertificate) {
  EXPECT_EQ(*LastThumbprint(sample::kLeaf, kNow), kLeafPrint);
  EXPECT_EQ(*LastThumbprint(Join({sample::kLeaf, sample::kMiddle, sample::kRoot}), kNow), kRootPrint);
}

TEST(LastThumbprint, ChainsThatAreNoneAreRefused) {
  for (const std::string& chain :
       {std::string(), std::string("-----BEGIN CERTIFICATE-----"),
        std::string("-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n"),
        Join({sample::kLeaf, sample::kRoot}), Join({sample::kRoot, sample::kLeaf}),
        Join({sample::kLeaf, sample::kMiddle, sample::kLeaf})}) {
    EXPECT_FALSE(LastThumbprint(chain, kNow)) << chain;
  }
}

TEST(LastThumbprint, CertificatesMustBeValidToday) {
  EXPECT_FALSE(LastThumbprint(sample::kLeaf, *base::ParseIso8601("2020-01-01T00:00:00Z")));
  EXPECT_FALSE(LastThumbprint(sample::kLeaf, *base::ParseIso8601("2199-01-01T00:00:00Z")));
}

TEST(CheckDiscovery, TakesADocumentOfTheSameIssuerAndHost) {
  EXPECT_TRUE(
      CheckDiscovery(R"({"issuer":"https://a.com/x","jwks_uri":"https://a.com/k","more":[1]})", "a.com/x"));
  EXPECT_TRUE(CheckDiscovery(R"({"issuer":"https://a.com","jwks_uri":"https://A.com/k"})", "a.com"));
}

TEST(CheckDiscovery, OtherDocumentsAreRefused) {
  for (const char* document :
       {"", "[]", "{}", R"({"issuer":"https://b.com","jwks_uri":"https://a.com/k"})",
        R"({"issuer":1,"jwks_uri":"https://a.com/k"})", R"({"issuer":"https://a.com"})",
        R"({"issuer":"https://a.com","jwks_uri":"http://a.com/k"})",
        R"({"issuer":"https://a.com","jwks_uri":"https://a.com:1/k"})",
        R"({"issuer":"https://a.com","jwks_uri":"https://keys.a.com/k"})",
        R"({"issuer":"https://a.com","jwks_uri":"https://a.com.evil.net/k"})",
        R"({"issuer":"https://a.com","jwks_uri":["https://a.com/k"]})"}) {
    EXPECT_FALSE(CheckDiscovery(document, "a.com")) << document;
  }
}

// A refusal takes as long as silence, so that time says nothing about the host.
TEST(FetchIdpThumbprint, RefusalsTakeAllOfTheTime) {
  const OutboundAddresses none({});
  for (const std::string_view name : {"127.0.0.1", "localhost", "nobody.invalid"}) {
    const auto begin = std::chrono::steady_clock::now();
    const std::chrono::milliseconds patience(300);
    EXPECT_FALSE(FetchIdpThumbprint({.name = name, .addresses = none, .now = kNow, .patience = patience}));
    EXPECT_GE(std::chrono::steady_clock::now() - begin, patience);
  }
}

TEST(FetchIdpThumbprint, EndsWithTheServer) {
  const OutboundAddresses none({});
  std::stop_source stopping;
  stopping.request_stop();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(FetchIdpThumbprint({.name = "localhost",
                                   .addresses = none,
                                   .now = kNow,
                                   .stopping = stopping.get_token(),
                                   .patience = std::chrono::hours(1)}));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::minutes(10));
}

}  // namespace
}  // namespace wardkeep::federation
