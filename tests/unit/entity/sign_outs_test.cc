#include "entity/sign_outs.h"

#include <gtest/gtest.h>

namespace wardkeep::entity {
namespace {

using std::chrono::hours;

const base::Instant kNow = base::FromUnixSeconds(1'700'000'000);

TEST(SignOuts, EndOneSession) {
  SignOuts outs;
  SignOut(outs, {"one", kNow + hours(12)}, kNow);
  EXPECT_FALSE(IsSignedIn(outs, "one", 0));
  EXPECT_TRUE(IsSignedIn(outs, "two", 0));
  SignOut(outs, {"one", kNow + hours(12)}, kNow);
  EXPECT_EQ(outs.ended.size(), 1U);
}

// Whoever signs in and out again and again fills a bounded list; then all sessions of the owner that began
// before end, those that were signed out among them.
TEST(SignOuts, AreBounded) {
  SignOuts outs;
  for (std::size_t i = 0; i < kMostEndedSessions; ++i)
    SignOut(outs, {std::to_string(i), kNow + hours(12)}, kNow);
  EXPECT_EQ(outs.generation, 0U);
  EXPECT_TRUE(IsSignedIn(outs, "other", 0));
  SignOut(outs, {"last", kNow + hours(12)}, kNow);
  EXPECT_EQ(outs.generation, 1U);
  EXPECT_TRUE(outs.ended.empty());
  for (const char* id : {"0", "199", "last", "other"}) EXPECT_FALSE(IsSignedIn(outs, id, 0)) << id;
  EXPECT_TRUE(IsSignedIn(outs, "new", 1));
}

// A clock that is ahead for less than a day does not bring a session back.
TEST(SignOuts, AreKeptLongerThanTheSession) {
  SignOuts outs;
  SignOut(outs, {"one", kNow + hours(12)}, kNow);
  SignOut(outs, {"two", kNow + hours(48)}, kNow + hours(35));
  EXPECT_FALSE(IsSignedIn(outs, "one", 0));
  SignOut(outs, {"three", kNow + hours(48)}, kNow + hours(36));
  EXPECT_EQ(outs.ended.size(), 2U);
}

TEST(SignOuts, TellUsersAndWhomTheyFederateApart) {
  EXPECT_NE(SignOutsOwner("AIDAX", false), SignOutsOwner("AIDAX", true));
}

}  // namespace
}  // namespace wardkeep::entity
