#include "pipeline/mfa_throttle.h"

#include <gtest/gtest.h>

namespace wardkeep::pipeline {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

TEST(MfaThrottle, WaitsTwiceAsLongAfterEachFailure) {
  base::ManualSteadyClock clock;
  MfaThrottle throttle(10, clock);
  for (int i = 0; i < MfaThrottle::kFreeFailures - 1; ++i) throttle.Failed("d");
  EXPECT_FALSE(throttle.MustWait("d"));
  for (const int wait : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
    throttle.Failed("d");
    clock.Advance(seconds(wait) - microseconds(1));
    EXPECT_TRUE(throttle.MustWait("d")) << wait;
    clock.Advance(microseconds(1));
    EXPECT_FALSE(throttle.MustWait("d")) << wait;
  }
  EXPECT_FALSE(throttle.MustWait("other"));
}

TEST(MfaThrottle, ARightCodeEndsIt) {
  base::ManualSteadyClock clock;
  MfaThrottle throttle(10, clock);
  for (int i = 0; i < 20; ++i) throttle.Failed("d");
  throttle.Succeeded("d");
  throttle.Failed("d");
  EXPECT_FALSE(throttle.MustWait("d"));
}

TEST(MfaThrottle, ForgetsTheOldestFailureWhenItIsFull) {
  base::ManualSteadyClock clock;
  MfaThrottle throttle(2, clock);
  for (int i = 0; i < MfaThrottle::kFreeFailures; ++i) throttle.Failed("a");
  clock.Advance(std::chrono::milliseconds(1));
  for (int i = 0; i < MfaThrottle::kFreeFailures; ++i) throttle.Failed("b");
  throttle.Failed("c");
  EXPECT_FALSE(throttle.MustWait("a"));
  EXPECT_TRUE(throttle.MustWait("b"));
}

}  // namespace
}  // namespace wardkeep::pipeline
