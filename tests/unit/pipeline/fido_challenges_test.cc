#include "pipeline/fido_challenges.h"

#include <gtest/gtest.h>

#include "crypto/system_rng.h"

namespace wardkeep::pipeline {
namespace {

using fido::Ceremony;
using std::chrono::seconds;

const base::Instant kStart = base::FromUnixSeconds(1'700'000'000);

TEST(FidoChallenges, WorkOnceForTheirOwnerAndCeremony) {
  crypto::SystemRng rng;
  FidoChallenges challenges;
  const std::string given = challenges.Give("ann", Ceremony::kAssertion, kStart, rng);
  EXPECT_EQ(given.size(), 32U);
  EXPECT_NE(challenges.Give("ann", Ceremony::kAssertion, kStart, rng), given);
  EXPECT_FALSE(challenges.Take(given, "bob", Ceremony::kAssertion, kStart));
  EXPECT_FALSE(challenges.Take(given, "ann", Ceremony::kRegistration, kStart));
  EXPECT_FALSE(challenges.Take("", "ann", Ceremony::kAssertion, kStart));
  EXPECT_TRUE(challenges.Take(given, "ann", Ceremony::kAssertion, kStart));
  EXPECT_FALSE(challenges.Take(given, "ann", Ceremony::kAssertion, kStart));
}

TEST(FidoChallenges, Expire) {
  crypto::SystemRng rng;
  FidoChallenges challenges;
  const std::string last = challenges.Give("ann", Ceremony::kAssertion, kStart, rng);
  EXPECT_TRUE(challenges.Take(last, "ann", Ceremony::kAssertion,
                              kStart + FidoChallenges::kLife - std::chrono::microseconds(1)));
  const std::string late = challenges.Give("ann", Ceremony::kAssertion, kStart, rng);
  EXPECT_FALSE(challenges.Take(late, "ann", Ceremony::kAssertion, kStart + FidoChallenges::kLife));
}

TEST(FidoChallenges, AnOwnersOldestGivesWay) {
  crypto::SystemRng rng;
  FidoChallenges challenges;
  const std::string others = challenges.Give("bob", Ceremony::kAssertion, kStart, rng);
  const std::string first = challenges.Give("ann", Ceremony::kAssertion, kStart, rng);
  const std::string second = challenges.Give("ann", Ceremony::kAssertion, kStart, rng);
  for (std::size_t i = 2; i <= FidoChallenges::kPerOwner; ++i) {
    challenges.Give("ann", Ceremony::kAssertion, kStart, rng);
  }
  EXPECT_FALSE(challenges.Take(first, "ann", Ceremony::kAssertion, kStart));
  EXPECT_TRUE(challenges.Take(second, "ann", Ceremony::kAssertion, kStart));
  EXPECT_TRUE(challenges.Take(others, "bob", Ceremony::kAssertion, kStart));
}

TEST(FidoChallenges, TheOldestOfAllGivesWayWhenFull) {
  crypto::SystemRng rng;
  FidoChallenges challenges(2);
  const std::string a = challenges.Give("a", Ceremony::kAssertion, kStart, rng);
  const std::string b = challenges.Give("b", Ceremony::kAssertion, kStart, rng);
  const std::string c = challenges.Give("c", Ceremony::kAssertion, kStart, rng);
  EXPECT_FALSE(challenges.Take(a, "a", Ceremony::kAssertion, kStart));
  EXPECT_TRUE(challenges.Take(b, "b", Ceremony::kAssertion, kStart));
  EXPECT_TRUE(challenges.Take(c, "c", Ceremony::kAssertion, kStart));
}

}  // namespace
}  // namespace wardkeep::pipeline
