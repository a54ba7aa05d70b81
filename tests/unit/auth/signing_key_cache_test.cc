#include "auth/signing_key_cache.h"

#include <gtest/gtest.h>

#include <thread>

#include "auth/signing_key.h"
#include "base/hex.h"
#include "unit/auth/verify_fixture.h"

namespace wardkeep::auth {
namespace {

CredentialScope ScopeOf(std::string key_id, std::string region = "us-east-1") {
  return {std::move(key_id), "20250101", std::move(region), "iam", "aws4_request"};
}

std::string Hex(const std::optional<crypto::KeyBytes>& key) {
  return key ? base::HexEncode(key->Reveal()) : "none";
}

// The published key derivation example.
TEST(SigningKey, MatchesTheDocumentedDerivation) {
  const auto key = DeriveSigningKey(base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                                    {"AKIDEXAMPLE", "20150830", "us-east-1", "iam", "aws4_request"});
  EXPECT_EQ(base::HexEncode(key.Reveal()),
            "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST(SigningKeyCache, FindsOnlyTheSameScopeAndSecret) {
  SigningKeyCache cache;
  const base::Secret secret("one");
  const auto key = DeriveSigningKey(secret, ScopeOf("A"));
  EXPECT_EQ(Hex(cache.Find(ScopeOf("A"), secret)), "none");
  cache.Insert(ScopeOf("A"), secret, key);
  EXPECT_EQ(Hex(cache.Find(ScopeOf("A"), secret)), Hex(key.Clone()));
  EXPECT_EQ(Hex(cache.Find(ScopeOf("B"), secret)), "none");
  EXPECT_EQ(Hex(cache.Find(ScopeOf("A", "eu-west-1"), secret)), "none");
  EXPECT_EQ(Hex(cache.Find(ScopeOf("A"), base::Secret("two"))), "none");
  EXPECT_EQ(cache.size(), 0U) << "a changed secret drops the entry";
}

TEST(SigningKeyCache, ForgetsTheLeastRecentlyUsed) {
  SigningKeyCache cache(32);  // two in each shard
  const base::Secret secret("one");
  const auto key = DeriveSigningKey(secret, ScopeOf("A"));
  cache.Insert(ScopeOf("A", "r1"), secret, key);
  cache.Insert(ScopeOf("A", "r2"), secret, key);
  EXPECT_TRUE(cache.Find(ScopeOf("A", "r1"), secret));
  cache.Insert(ScopeOf("A", "r3"), secret, key);
  EXPECT_TRUE(cache.Find(ScopeOf("A", "r1"), secret));
  EXPECT_FALSE(cache.Find(ScopeOf("A", "r2"), secret));
  EXPECT_TRUE(cache.Find(ScopeOf("A", "r3"), secret));
}

TEST(SigningKeyCache, StaysBoundedAndErases) {
  SigningKeyCache cache(64);
  const base::Secret secret("one");
  const auto key = DeriveSigningKey(secret, ScopeOf("A"));
  for (int i = 0; i < 5000; ++i) cache.Insert(ScopeOf("K" + std::to_string(i)), secret, key);
  EXPECT_EQ(cache.size(), 64U);
  cache.Insert(ScopeOf("A", "r1"), secret, key);
  cache.Insert(ScopeOf("A", "r2"), secret, key);
  cache.Insert(ScopeOf("A", "r2"), secret, key);
  cache.Erase("A");
  EXPECT_FALSE(cache.Find(ScopeOf("A", "r1"), secret));
  EXPECT_FALSE(cache.Find(ScopeOf("A", "r2"), secret));
}

TEST(SigningKeyCache, ServesManyThreads) {
  SigningKeyCache cache(32);
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&cache, &wrong, t] {
      for (int i = 0; i < 300; ++i) {
        const CredentialScope scope = ScopeOf("K" + std::to_string((i + static_cast<int>(t)) % 50));
        const base::Secret secret(scope.access_key_id);
        const auto expected = DeriveSigningKey(secret, scope);
        const auto found = cache.Find(scope, secret);
        if (found && Hex(found->Clone()) != Hex(expected.Clone())) ++wrong[t];
        if (!found) cache.Insert(scope, secret, expected);
        if (i % 40 == 0) cache.Erase(scope.access_key_id);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

class CachedVerification : public VerifyTest {};

TEST_F(CachedVerification, KeepsTheKeyOfAnAcceptedRequestOnly) {
  ClientOptions wrong;
  wrong.secret = "wrong";
  EXPECT_EQ(Verdict(SignedPost(wrong)), "SignatureDoesNotMatch");
  EXPECT_EQ(cache_.size(), 0U);
  EXPECT_EQ(Verdict(SignedPost()), "accepted");
  EXPECT_EQ(cache_.size(), 1U);
  EXPECT_EQ(Verdict(SignedPost()), "accepted");
  EXPECT_EQ(cache_.size(), 1U);
  EXPECT_EQ(Verdict(SignedPost(wrong)), "SignatureDoesNotMatch");
}

TEST_F(CachedVerification, FollowsARevokedKeyAndAChangedSecretAtOnce) {
  EXPECT_EQ(Verdict(SignedPost()), "accepted");
  credentials_.error = InvalidClientTokenId();
  EXPECT_EQ(Verdict(SignedPost()), "InvalidClientTokenId");
  credentials_.error.reset();
  credentials_.secret = "new secret";
  EXPECT_EQ(Verdict(SignedPost()), "SignatureDoesNotMatch");
  ClientOptions options;
  options.secret = "new secret";
  EXPECT_EQ(Verdict(SignedPost(options)), "accepted");
}

}  // namespace
}  // namespace wardkeep::auth
