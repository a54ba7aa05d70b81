#include "pipeline/mfa_throttle.h"

#include <gtest/gtest.h>

namespace wardkeep::pipeline {
namespace {

using std::chrono::seconds;

const base::Instant kStart = base::FromUnixSeconds(1'700'000'000);

TEST(MfaThrottle, WaitsTwiceAsLongAfterEachFailure) {
  MfaThrottle throttle;
  base::Instant now = kStart;
  for (int i = 0; i < MfaThrottle::kFreeFailures - 1; ++i) throttle.Failed("d", now);
  EXPECT_FALSE(throttle.MustWait("d", now));
  for (const int wait : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
    throttle.Failed("d", now);
    EXPECT_TRUE(throttle.MustWait("d", now + seconds(wait) - std::chrono::microseconds(1))) << wait;
    EXPECT_FALSE(throttle.MustWait("d", now + seconds(wait))) << wait;
    now += seconds(wait);
  }
  EXPECT_FALSE(throttle.MustWait("other", kStart));
}

TEST(MfaThrottle, ARightCodeEndsIt) {
  MfaThrottle throttle;
  for (int i = 0; i < 20; ++i) throttle.Failed("d", kStart);
  throttle.Succeeded("d");
  throttle.Failed("d", kStart);
  EXPECT_FALSE(throttle.MustWait("d", kStart));
}

TEST(MfaThrottle, ForgetsTheOldestFailureWhenItIsFull) {
  MfaThrottle throttle(2);
  for (int i = 0; i < MfaThrottle::kFreeFailures; ++i) {
    throttle.Failed("a", kStart);
    throttle.Failed("b", kStart + std::chrono::milliseconds(1));
  }
  throttle.Failed("c", kStart + std::chrono::milliseconds(2));
  EXPECT_FALSE(throttle.MustWait("a", kStart));
  EXPECT_TRUE(throttle.MustWait("b", kStart));
}

}  // namespace
}  // namespace wardkeep::pipeline
