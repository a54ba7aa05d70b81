#include "service/issuer.h"

#include <gtest/gtest.h>

namespace wardkeep::service {
namespace {

constexpr const char* kId = "1cbe991a-1400-4678-9abc-def012345678";  // of account 123456789012
constexpr const char* kDomain = ".tokens.sts.global.api.aws";

base::HttpRequest Get(std::string target, std::string host, std::string method = "GET") {
  base::HttpRequest request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.headers = {{"Host", std::move(host)}};
  return request;
}

TEST(Issuer, UrlAndRequestsAgree) {
  entity::Account account;
  account.outbound_issuer_id = kId;
  const struct {
    std::string base_url;
    std::string url;
    std::string host;
    std::string path;
  } cases[] = {{"", std::string("https://") + kId + kDomain, std::string(kId) + kDomain + ":443", ""},
               {"https://iam.example.com", std::string("https://iam.example.com/") + kId, "any",
                std::string("/") + kId},
               {"https://iam.example.com/ids/", std::string("https://iam.example.com/ids/") + kId, "any",
                std::string("/ids/") + kId}};
  for (const auto& one : cases) {
    EXPECT_EQ(IssuerUrl(one.base_url, account), one.url);
    const auto keys = ReadIssuerRequest(one.base_url, Get(one.path + "/.well-known/jwks.json", one.host));
    ASSERT_TRUE(keys) << one.base_url;
    EXPECT_TRUE(keys->keys);
    EXPECT_EQ(keys->account.value(), "123456789012");
    EXPECT_EQ(keys->issuer_id, kId);
    const auto discovery =
        ReadIssuerRequest(one.base_url, Get(one.path + "/.well-known/openid-configuration", one.host));
    ASSERT_TRUE(discovery);
    EXPECT_FALSE(discovery->keys);
  }
}

TEST(Issuer, OtherRequestsArePassedOn) {
  const std::string good = std::string("/") + kId + "/.well-known/jwks.json";
  const std::string base_url = "https://iam.example.com";
  EXPECT_FALSE(ReadIssuerRequest(base_url, Get(good, "h", "POST")));
  for (const std::string& target :
       {std::string("/"), std::string("/.well-known/jwks.json"), good + "?x", "/x" + good,
        std::string("/") + kId + "/.well-known/other", std::string("/nobody/.well-known/jwks.json")}) {
    EXPECT_FALSE(ReadIssuerRequest(base_url, Get(target, "h"))) << target;
  }
  EXPECT_FALSE(ReadIssuerRequest("", Get(good, std::string(kId) + kDomain)));
  EXPECT_FALSE(ReadIssuerRequest("", Get("/.well-known/jwks.json", std::string(kId) + ".example.com")));
  EXPECT_FALSE(
      ReadIssuerRequest("https://a/ids", Get("/idsx/" + std::string(kId) + "/.well-known/jwks.json", "h")));
}

}  // namespace
}  // namespace wardkeep::service
