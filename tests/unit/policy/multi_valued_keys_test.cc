// The table of multi-valued keys against the action catalogue, from which most of it comes.
#include "policy/condition/multi_valued_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/ascii.h"
#include "catalog/action_catalogue.h"
#include "wardkeep/request.h"

namespace wardkeep::policy {
namespace {

bool IsMultiValued(const std::string& key) {
  const std::string folded = base::AsciiLower(key);
  return IsMultiValuedKey(folded, RequestContext::KeyHash(folded));
}

bool IsArray(catalog::KeyType type) {
  return type == catalog::KeyType::kArrayOfString || type == catalog::KeyType::kArrayOfArn ||
         type == catalog::KeyType::kArrayOfBool;
}

TEST(MultiValuedKeys, AreThoseOfTheCatalogueAndTheGlobalOnes) {
  std::map<std::string, bool> keys;  // whether every service types it as an array
  for (std::size_t i = 0; i < catalog::ServiceCount(); ++i) {
    const catalog::ServiceFacts facts = catalog::LoadService(catalog::ServiceAt(i));
    for (const catalog::KeyFacts& key : facts.condition_keys()) {
      const auto [entry, is_new] = keys.try_emplace(base::AsciiLower(key.name), IsArray(key.type));
      entry->second = entry->second && IsArray(key.type);
    }
  }
  int arrays = 0;
  for (const auto& [key, is_array] : keys) {
    if (key.ends_with(":amr")) continue;  // typed as one text, and documented as several
    std::string asked = key;
    if (const std::size_t start = key.find("${"); start != key.npos) {
      asked.replace(start, key.find('}', start) - start + 1, "anything");
    }
    EXPECT_EQ(IsMultiValued(asked), is_array) << key;
    arrays += is_array ? 1 : 0;
  }
  EXPECT_GT(arrays, 200);
  for (const char* key :
       {"aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList", "aws:VpceOrgPaths", "aws:CalledVia",
        "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:TagKeys", "sts:TransitiveTagKeys",
        "sts:RequestContextProviders", "iam:ResourceIdentityProviderIssuers", "accounts.google.com:amr",
        "oidc.example/id/AB:amr"}) {
    EXPECT_TRUE(IsMultiValued(key)) << key;
  }
  for (const char* key :
       {"aws:CalledViaFirst", "aws:PrincipalOrgID", "aws:username", "aws:RequestTag/TagKeys",
        "identitystore:UserId", "s3:prefix", "example:amr", "saml:sub", "", ":", "events:metadata"}) {
    EXPECT_FALSE(IsMultiValued(key)) << key;
  }
}

TEST(MultiValuedKeys, StandInOrderInLowerCase) {
  const auto keys = MultiValuedKeys();
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
  for (const std::string_view key : keys) EXPECT_EQ(base::AsciiLower(key), key);
}

// Whoever fills a context, and however.
TEST(MultiValuedKeys, TheContextMarksThem) {
  RequestContext context;
  context.Set("AWS:TagKeys", "a");
  context.SetDefault("aws:CalledVia", "x");
  context.Set("s3:prefix", "a");
  context.SetMulti("example:own", {"a"});
  EXPECT_TRUE(context.Find("aws:tagkeys")->multi_valued);
  EXPECT_TRUE(context.Find("aws:calledvia")->multi_valued);
  EXPECT_FALSE(context.Find("s3:prefix")->multi_valued);
  EXPECT_TRUE(context.Find("example:own")->multi_valued);
}

}  // namespace
}  // namespace wardkeep::policy
