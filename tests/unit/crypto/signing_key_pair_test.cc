#include "crypto/signing_key_pair.h"

#include <gtest/gtest.h>

namespace wardkeep::crypto {
namespace {

class SigningKeyPairTest : public testing::TestWithParam<SigningAlgorithm> {};

TEST_P(SigningKeyPairTest, SurvivesBeingStored) {
  const SigningKeyPair key = SigningKeyPair::Generate(GetParam());
  const auto again = SigningKeyPair::FromDer(GetParam(), key.PrivateDer());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->PublicNumbers(), key.PublicNumbers());
  EXPECT_EQ(again->algorithm(), GetParam());
}

TEST_P(SigningKeyPairTest, SignaturesAndNumbersHaveTheLengthsOfRfc7518) {
  const SigningKeyPair key = SigningKeyPair::Generate(GetParam());
  const bool rsa = GetParam() == SigningAlgorithm::kRs256;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(key.Sign("x").size(), rsa ? 256U : 96U);
  const auto [first, second] = key.PublicNumbers();
  EXPECT_EQ(first.size(), rsa ? 256U : 48U);
  EXPECT_EQ(second.size(), rsa ? 3U : 48U);
}

TEST_P(SigningKeyPairTest, OtherBytesAreRefused) {
  const SigningKeyPair key = SigningKeyPair::Generate(GetParam());
  const auto other =
      GetParam() == SigningAlgorithm::kRs256 ? SigningAlgorithm::kEs384 : SigningAlgorithm::kRs256;
  EXPECT_FALSE(SigningKeyPair::FromDer(other, key.PrivateDer()));
  EXPECT_FALSE(SigningKeyPair::FromDer(GetParam(), base::Secret()));
  EXPECT_FALSE(SigningKeyPair::FromDer(GetParam(), base::Secret("no key")));
  const std::string cut(key.PrivateDer().Reveal().substr(0, 50));
  EXPECT_FALSE(SigningKeyPair::FromDer(GetParam(), base::Secret(cut)));
}

INSTANTIATE_TEST_SUITE_P(Both, SigningKeyPairTest,
                         testing::Values(SigningAlgorithm::kRs256, SigningAlgorithm::kEs384));

TEST(SigningAlgorithm, NamesReadBack) {
  for (const auto algorithm : {SigningAlgorithm::kRs256, SigningAlgorithm::kEs384}) {
    EXPECT_EQ(ParseSigningAlgorithm(SigningAlgorithmName(algorithm)), algorithm);
  }
  for (const char* name : {"", "none", "HS256", "rs256", "ES256"}) EXPECT_FALSE(ParseSigningAlgorithm(name));
}

}  // namespace
}  // namespace wardkeep::crypto
