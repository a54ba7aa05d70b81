#include "auth/access_key_id.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "auth/secret_key.h"
#include "crypto/system_rng.h"

namespace wardkeep::auth {
namespace {

// All bits of the random part alike.
class ConstantRng final : public base::Rng {
 public:
  explicit ConstantRng(uint8_t byte) : byte_(byte) {}
  void Fill(std::span<uint8_t> out) override { std::ranges::fill(out, byte_); }

 private:
  uint8_t byte_;
};

TEST(AccessKeyId, PublishedExampleCarriesItsAccount) {
  const auto parsed = ParseAccessKeyId("ASIAQNZGKIQY56JQ7WML");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->kind, AccessKeyKind::kTemporary);
  EXPECT_EQ(parsed->account_id.value(), "029608264753");
}

TEST(AccessKeyId, CarriesEveryAccountWhateverTheRandomPart) {
  crypto::SystemRng system;
  ConstantRng zeros(0);
  ConstantRng ones(0xff);
  for (const char* account :
       {"000000000000", "000000000001", "123456789012", "029608264753", "999999999999"}) {
    for (base::Rng* rng : std::initializer_list<base::Rng*>{&system, &zeros, &ones}) {
      for (AccessKeyKind kind : {AccessKeyKind::kLongTerm, AccessKeyKind::kTemporary}) {
        const std::string id = MakeAccessKeyId(kind, base::AccountId(account), *rng);
        EXPECT_EQ(id.size(), 20U);
        EXPECT_EQ(id.substr(0, 4), kind == AccessKeyKind::kLongTerm ? "AKIA" : "ASIA");
        EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos) << id;
        EXPECT_TRUE(id[4] >= 'Q' || id[4] <= '9') << id;
        const auto parsed = ParseAccessKeyId(id);
        ASSERT_TRUE(parsed) << id;
        EXPECT_EQ(parsed->kind, kind);
        EXPECT_EQ(parsed->account_id.value(), account);
      }
    }
  }
}

TEST(AccessKeyId, IsRandom) {
  crypto::SystemRng rng;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.insert(MakeAccessKeyId(AccessKeyKind::kLongTerm, base::AccountId("123456789012"), rng));
  }
  EXPECT_EQ(ids.size(), 1000U);
}

TEST(AccessKeyId, WithoutAnAccountIsNotParsed) {
  for (std::string_view id : {"", "AKIA", "AKIAIOSFODNN7EXAMPLE", "AIDAQNZGKIQY56JQ7WML",
                              "ASIAQNZGKIQY56JQ7WM", "ASIAQNZGKIQY56JQ7WMLX", "asiaqnzgkiqy56jq7wml",
                              "ASIAQNZGKIQY56JQ7WM1", "ASIAQNZGKIQY56JQ7W\nL", "ASIA7777777777777777"}) {
    EXPECT_FALSE(ParseAccessKeyId(id)) << id;
  }
}

TEST(SecretKey, Has40CharactersOfBase64) {
  crypto::SystemRng rng;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const base::Secret secret = MakeSecretKey(rng);
    EXPECT_EQ(secret.Reveal().size(), 40U);
    EXPECT_TRUE(std::ranges::all_of(secret.Reveal(), [](char c) {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
             c == '+';
    }));
    seen.emplace(secret.Reveal());
  }
  EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace wardkeep::auth
