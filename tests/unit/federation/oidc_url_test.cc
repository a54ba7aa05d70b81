#include "federation/oidc_url.h"

#include <gtest/gtest.h>

namespace wardkeep::federation {
namespace {

TEST(OidcUrl, GoodOnesAreNamedByWhatFollowsTheScheme) {
  const std::pair<std::string, std::string> cases[] = {
      {"https://accounts.example.com", "accounts.example.com"},
      {"HTTPS://Accounts.Example.com/", "Accounts.Example.com/"},
      {"https://oidc.example.com/id/ABC%2f1/x", "oidc.example.com/id/ABC%2f1/x"},
      {"https://localhost", "localhost"},
      {"https://a.com:443", "a.com"},
      {"https://a.com:443/x:443", "a.com/x:443"},
      {"https://10.0.0.7/realms/a", "10.0.0.7/realms/a"},
      {"https://with_underscore.example.com", "with_underscore.example.com"},
      {"https://" + std::string(63, 'a') + ".com", std::string(63, 'a') + ".com"},
  };
  for (const auto& [url, name] : cases) EXPECT_EQ(OidcProviderName(url), name) << url;
}

TEST(OidcUrl, EverythingElseIsRefused) {
  const std::string cases[] = {"",
                               "https",
                               "https:/x",
                               "https://",
                               "http://a.com",
                               "//a.com",
                               "https://a.com:444",
                               "https://:443",
                               "https://a.com:443:443",
                               "https://u:p@a.com",
                               "https://a.com?x",
                               "https://a.com/#x",
                               "https://.a.com",
                               "https://a..com",
                               "https://a.com.",
                               "https://-a.com",
                               "https://a-.com",
                               "https://" + std::string(64, 'a') + ".com",
                               "https://a.com/./x",
                               "https://a.com/x/..",
                               "https://a.com/%",
                               "https://a.com/%2",
                               "https://a.com/%2g",
                               "https://a.com/\"x",
                               "https://a.com/\\x",
                               std::string("https://a.com/\0x", 16),
                               "https://\xc3\xa9.com"};
  for (const auto& url : cases) EXPECT_FALSE(OidcProviderName(url)) << url;
}

}  // namespace
}  // namespace wardkeep::federation
