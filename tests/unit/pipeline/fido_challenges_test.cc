#include "pipeline/fido_challenges.h"

#include <gtest/gtest.h>

#include "crypto/system_rng.h"

namespace wardkeep::pipeline {
namespace {

using fido::Ceremony;
using std::chrono::seconds;

TEST(FidoChallenges, WorkOnceForTheirOwnerAndCeremony) {
  crypto::SystemRng rng;
  FidoChallenges challenges;
  const std::string given = challenges.Give("ann", Ceremony::kAssertion, rng);
  EXPECT_EQ(given.size(), 32U);
  EXPECT_NE(challenges.Give("ann", Ceremony::kAssertion, rng), given);
  EXPECT_FALSE(challenges.Take(given, "bob", Ceremony::kAssertion));
  EXPECT_FALSE(challenges.Take(given, "ann", Ceremony::kRegistration));
  EXPECT_FALSE(challenges.Take("", "ann", Ceremony::kAssertion));
  EXPECT_TRUE(challenges.Take(given, "ann", Ceremony::kAssertion));
  EXPECT_FALSE(challenges.Take(given, "ann", Ceremony::kAssertion));
}

TEST(FidoChallenges, Expire) {
  crypto::SystemRng rng;
  base::ManualSteadyClock clock;
  FidoChallenges challenges(10, clock);
  const std::string last = challenges.Give("ann", Ceremony::kAssertion, rng);
  clock.Advance(FidoChallenges::kLife - std::chrono::microseconds(1));
  EXPECT_TRUE(challenges.Take(last, "ann", Ceremony::kAssertion));
  const std::string late = challenges.Give("ann", Ceremony::kAssertion, rng);
  clock.Advance(FidoChallenges::kLife);
  EXPECT_FALSE(challenges.Take(late, "ann", Ceremony::kAssertion));
}

TEST(FidoChallenges, AnOwnersOldestGivesWay) {
  crypto::SystemRng rng;
  FidoChallenges challenges;
  const std::string others = challenges.Give("bob", Ceremony::kAssertion, rng);
  const std::string first = challenges.Give("ann", Ceremony::kAssertion, rng);
  const std::string second = challenges.Give("ann", Ceremony::kAssertion, rng);
  for (std::size_t i = 2; i <= FidoChallenges::kPerOwner; ++i) {
    challenges.Give("ann", Ceremony::kAssertion, rng);
  }
  EXPECT_FALSE(challenges.Take(first, "ann", Ceremony::kAssertion));
  EXPECT_TRUE(challenges.Take(second, "ann", Ceremony::kAssertion));
  EXPECT_TRUE(challenges.Take(others, "bob", Ceremony::kAssertion));
}

TEST(FidoChallenges, TheOldestOfAllGivesWayWhenFull) {
  crypto::SystemRng rng;
  FidoChallenges challenges(2);
  const std::string a = challenges.Give("a", Ceremony::kAssertion, rng);
  const std::string b = challenges.Give("b", Ceremony::kAssertion, rng);
  const std::string c = challenges.Give("c", Ceremony::kAssertion, rng);
  EXPECT_FALSE(challenges.Take(a, "a", Ceremony::kAssertion));
  EXPECT_TRUE(challenges.Take(b, "b", Ceremony::kAssertion));
  EXPECT_TRUE(challenges.Take(c, "c", Ceremony::kAssertion));
}

TEST(FidoChallenges, AnAccountWithManyTakesNothingFromAnother) {
  crypto::SystemRng rng;
  FidoChallenges challenges(4);
  const std::string mine = challenges.Give("1/ann", Ceremony::kAssertion, rng);
  for (int i = 0; i < 20; ++i) challenges.Give("2/user-" + std::to_string(i), Ceremony::kAssertion, rng);
  EXPECT_TRUE(challenges.Take(mine, "1/ann", Ceremony::kAssertion));
}

}  // namespace
}  // namespace wardkeep::pipeline
