// Guessing is slowed down by name and by address, delays are bounded, and nobody is locked out for good.
#include "pipeline/signin_throttle.h"

#include <gtest/gtest.h>

namespace wardkeep::pipeline {
namespace {

using std::chrono::seconds;

const base::Instant kNow = base::FromUnixSeconds(1'700'000'000);

TEST(SigninThrottle, DelaysGrowWithFailuresUpToABound) {
  SigninThrottle throttle;
  const auto keys = ThrottleKeys("123456789012", "alice", "10.0.0.1");
  base::Instant now = kNow;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle.Begin(keys, now), seconds(0)) << i;
  int64_t longest = 0;
  int64_t expected = 1;
  for (int i = 0; i < 15; ++i) {
    const auto wait = throttle.Begin(keys, now);
    EXPECT_EQ(wait.count(), std::min<int64_t>(expected, 900)) << i;
    longest = std::max(longest, wait.count());
    now += wait;
    EXPECT_EQ(throttle.Begin(keys, now), seconds(0));
    expected *= 2;
  }
  EXPECT_EQ(longest, 900);
  EXPECT_EQ(throttle.Begin(keys, now + std::chrono::hours(2)), seconds(0)) << "an hour of quiet";
}

TEST(SigninThrottle, NamesAreComparedIgnoringCaseAndApartFromEachOther) {
  SigninThrottle throttle;
  for (int i = 0; i < 5; ++i) throttle.Begin(ThrottleKeys("Acme", "Alice", "10.0.0.1"), kNow);
  EXPECT_GT(throttle.Begin(ThrottleKeys("acme", "alice", "10.0.0.2"), kNow), seconds(0));
  EXPECT_EQ(throttle.Begin(ThrottleKeys("acme", "bob", "10.0.0.1"), kNow), seconds(0));
  EXPECT_EQ(throttle.Begin(ThrottleKeys("other", "alice", "10.0.0.1"), kNow), seconds(0));
}

TEST(SigninThrottle, ASuccessForgetsTheNameAndARefundTheAttempt) {
  SigninThrottle throttle;
  const auto keys = ThrottleKeys("acme", "alice", "10.0.0.1");
  for (int i = 0; i < 4; ++i) throttle.Begin(keys, kNow);
  EXPECT_EQ(throttle.Begin(keys, kNow), seconds(0));
  throttle.Succeeded(keys);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(throttle.Begin(keys, kNow), seconds(0)) << i;
    throttle.Refund(keys);
  }
}

TEST(SigninThrottle, AnAddressIsHeldUpWhateverNamesItTries) {
  SigninThrottle throttle;
  const auto attempt = [&](int i, const char* address) {
    return throttle.Begin(ThrottleKeys("acme", "user-" + std::to_string(i), address), kNow);
  };
  for (int i = 0; i < 50; ++i) EXPECT_EQ(attempt(i, "10.0.0.1"), seconds(0));
  EXPECT_GT(attempt(50, "10.0.0.1"), seconds(0));
  EXPECT_EQ(attempt(51, "10.0.0.2"), seconds(0));
  for (int i = 0; i < 50; ++i) attempt(100 + i, ("2001:db8:1:2::" + std::to_string(i + 1)).c_str());
  EXPECT_GT(attempt(200, "2001:db8:1:2::ffff"), seconds(0)) << "a /64 is one source";
  EXPECT_EQ(attempt(201, "2001:db8:1:3:0:0:0:1"), seconds(0));
}

// Whoever attacks root from one place cannot keep its owner out from another; a crowd only for seconds.
TEST(SigninThrottle, RootIsNeverLockedOut) {
  SigninThrottle throttle;
  const auto from = [](const std::string& address) { return ThrottleKeys("acme", "", address); };
  base::Instant now = kNow;
  for (int i = 0; i < 40; ++i) {
    const auto wait = throttle.Begin(from("10.0.0.1"), now);
    EXPECT_LE(wait, seconds(300));
    if (wait > seconds(0)) now += wait;
  }
  EXPECT_EQ(throttle.Begin(from("10.0.0.9"), now), seconds(0));
  for (int i = 0; i < 500; ++i)
    throttle.Begin(from("10.1." + std::to_string(i / 200) + "." + std::to_string(i)), now);
  EXPECT_LE(throttle.Begin(from("10.0.0.9"), now), seconds(10));
}

TEST(SigninThrottle, MemoryIsBounded) {
  SigninThrottle throttle;
  for (int i = 0; i < 120'000; ++i) {
    throttle.Begin(ThrottleKeys("acme", "user-" + std::to_string(i), "10.0.0." + std::to_string(i % 7)),
                   kNow + std::chrono::seconds(400 * (i / 300)));
  }
  EXPECT_LE(throttle.entries(), SigninThrottle::kMostEntries);
}

}  // namespace
}  // namespace wardkeep::pipeline
