// Guessing is slowed down by name and by address, delays are bounded, and a stranger cannot hold up the
// owner.
#include "pipeline/signin_throttle.h"

#include <gtest/gtest.h>

namespace wardkeep::pipeline {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Ticket = SigninThrottle::Ticket;

class SigninThrottleTest : public testing::Test {
 protected:
  Ticket Try(std::string_view account, std::string_view user, std::string_view address) {
    return throttle_.Begin({.account = account, .user = user, .address = address, .owner = {}, .place = {}});
  }
  Ticket TryKnown(std::string_view place) {
    return throttle_.Begin(
        {.account = "acme", .user = "alice", .address = "10.9.9.9", .owner = "AIDAALICE", .place = place});
  }
  static std::string Ipv4(int i) {
    return "10." + std::to_string(i / 65536) + "." + std::to_string(i / 256 % 256) + "." +
           std::to_string(i % 256);
  }
  // Each in a /24 and a /48 of its own.
  static std::string Far(int i) {
    return std::to_string(1 + i % 200) + "." + std::to_string(i / 200 % 250) + "." +
           std::to_string(i / 50'000) + ".7";
  }

  base::ManualSteadyClock clock_;
  SigninThrottle throttle_{clock_};
};

TEST_F(SigninThrottleTest, DelaysGrowWithFailuresUpToABound) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Try("123456789012", "alice", "10.0.0.1").wait, seconds(0)) << i;
  int64_t longest = 0;
  int64_t expected = 1;
  for (int i = 0; i < 15; ++i) {
    const auto wait = Try("123456789012", "alice", "10.0.0.1").wait;
    EXPECT_EQ(wait.count(), std::min<int64_t>(expected, 900)) << i;
    longest = std::max(longest, wait.count());
    clock_.Advance(wait);
    EXPECT_EQ(Try("123456789012", "alice", "10.0.0.1").wait, seconds(0));
    expected *= 2;
  }
  EXPECT_EQ(longest, 900);
  clock_.Advance(hours(25));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Try("123456789012", "alice", "10.0.0.1").wait, seconds(0)) << "a day of quiet " << i;
  }
}

TEST_F(SigninThrottleTest, NamesAreComparedIgnoringCaseAndApartFromEachOther) {
  for (int i = 0; i < 5; ++i) Try("Acme", "Alice", "10.0.0.1");
  EXPECT_GT(Try("acme", "alice", "10.0.0.1").wait, seconds(0));
  EXPECT_EQ(Try("acme", "alice", "10.0.0.2").wait, seconds(0)) << "from elsewhere";
  EXPECT_EQ(Try("acme", "bob", "10.0.0.1").wait, seconds(0));
  EXPECT_EQ(Try("other", "alice", "10.0.0.1").wait, seconds(0));
  EXPECT_EQ(Try("acme\nalice", "", "10.0.0.1").wait, seconds(0)) << "another account, not another user";
}

TEST_F(SigninThrottleTest, ASuccessForgetsTheNameAndARefundTheAttempt) {
  for (int i = 0; i < 4; ++i) Try("acme", "alice", "10.0.0.1");
  const Ticket right = Try("acme", "alice", "10.0.0.1");
  EXPECT_EQ(right.wait, seconds(0));
  throttle_.Succeeded(right);
  for (int i = 0; i < 20; ++i) {
    const Ticket ticket = Try("acme", "alice", "10.0.0.1");
    EXPECT_EQ(ticket.wait, seconds(0)) << i;
    throttle_.Refund(ticket);
  }
}

// Whoever knows one password must not free the guesses of others.
TEST_F(SigninThrottleTest, ASuccessForgetsNothingOfOtherPlaces) {
  for (int i = 0; i < 5; ++i) Try("acme", "alice", "10.0.0.1");
  throttle_.Succeeded(Try("acme", "alice", "10.0.0.2"));
  throttle_.Succeeded(TryKnown("device a"));
  EXPECT_GT(Try("acme", "alice", "10.0.0.1").wait, seconds(0));
}

TEST_F(SigninThrottleTest, AnAddressIsHeldUpWhateverNamesItTries) {
  const auto attempt = [&](int i, const std::string& address) {
    return Try("acme", "user-" + std::to_string(i), address).wait;
  };
  for (int i = 0; i < 50; ++i) EXPECT_EQ(attempt(i, "10.0.0.1"), seconds(0));
  EXPECT_GT(attempt(50, "10.0.0.1"), seconds(0));
  EXPECT_GT(attempt(50, "::ffff:10.0.0.1"), seconds(0)) << "the same address";
  EXPECT_EQ(attempt(51, "10.0.0.2"), seconds(0));
  for (int i = 0; i < 50; ++i) attempt(100 + i, "2001:db8:1:2::" + std::to_string(i + 1));
  EXPECT_GT(attempt(200, "2001:db8:1:2::ffff"), seconds(0)) << "a /64 is one source";
  EXPECT_EQ(attempt(201, "2001:db8:1:3:0:0:0:1"), seconds(0));
}

// Attempts from 256 networks, 100 a second, as fast as each is let in.
TEST_F(SigninThrottleTest, AKnownPlaceIsNeverHeldUpByStrangers) {
  int owners = 0;
  for (int second = 0; second < 600; ++second) {
    for (int i = 0; i < 100; ++i) {
      const int network = (second * 100 + i) % 256;
      Try("acme", "alice", "2001:db8:" + std::to_string(network) + "::1");
    }
    if (second % 60 == 0) {
      const Ticket ticket = TryKnown(second % 120 == 0 ? "device a" : "address 10.9.9.9");
      owners += ticket.wait == seconds(0) ? 1 : 0;
      throttle_.Succeeded(ticket);
    }
    clock_.Advance(seconds(1));
  }
  EXPECT_EQ(owners, 10);
}

TEST_F(SigninThrottleTest, ANewPlaceGetsItsFirstTriesWhileACrowdGuesses) {
  for (int day = 0; day < 3; ++day) {
    for (int i = 0; i < 24 * 3600; ++i) {
      Try("acme", "alice", Far(i % 256));
      if (i % 7200 == 3600) {
        const std::string address = Ipv4(i + day * 100'000);
        for (int n = 0; n < 5; ++n) EXPECT_EQ(Try("acme", "alice", address).wait, seconds(0)) << day << i;
      }
      clock_.Advance(seconds(1));
    }
  }
}

// The number that docs/sign-in.md states, for a crowd with as many addresses as it likes.
TEST_F(SigninThrottleTest, TheGuessesOfAnyCrowdAreBounded) {
  int let_in = 0;
  int address = 0;
  const auto storm = [&](int tries) {
    for (int i = 0; i < tries; ++i, ++address) {
      for (int n = 0; n < 6; ++n) let_in += Try("acme", "alice", Far(address)).wait == seconds(0) ? 1 : 0;
    }
  };
  storm(6000);
  EXPECT_LE(let_in, 2048 + 4 * 512 + 64);
  EXPECT_GE(let_in, 2048 + 4 * 512);
  let_in = 0;
  for (int hour = 0; hour < 24; ++hour) {
    clock_.Advance(hours(1));
    storm(100);
  }
  EXPECT_LE(let_in, 6 * 288);
  EXPECT_GT(let_in, 288);
}

TEST_F(SigninThrottleTest, OneNetworkGetsAPartOfTheFirstTries) {
  const auto count = [&](const std::string& user, const auto& address) {
    int let_in = 0;
    for (int i = 0; i < 3000; ++i) let_in += Try("acme", user, address(i)).wait == seconds(0) ? 1 : 0;
    return let_in;
  };
  const auto hex = [](int i) {
    char text[8];
    std::snprintf(text, sizeof text, "%x", i);
    return std::string(text);
  };
  EXPECT_EQ(count("a", [&](int i) { return "2001:db8:1:" + hex(i) + "::1"; }), 320) << "a /48";
  EXPECT_EQ(count("b", [&](int i) { return "2001:db8:" + hex(i) + "::1"; }), 512) << "a /32";
  EXPECT_EQ(count("c", [&](int i) { return "10.1.1." + std::to_string(i % 250); }), 128 * 5) << "a /24";
  EXPECT_EQ(Try("acme", "a", "2001:db9::1").wait, seconds(0));
  EXPECT_EQ(Try("acme", "b", "2001:db9::1").wait, seconds(0));
}

// A known place is a share, not a way around: it is paced like any other, and so are all together.
TEST_F(SigninThrottleTest, AKnownPlaceHasAPaceOfItsOwn) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(TryKnown("device a").wait, seconds(0));
  EXPECT_EQ(TryKnown("device a").wait, seconds(1));
  EXPECT_EQ(TryKnown("device b").wait, seconds(0));
  EXPECT_EQ(Try("acme", "alice", "10.0.0.1").wait, seconds(0));
  clock_.Advance(seconds(1));
  const Ticket right = TryKnown("device a");
  EXPECT_EQ(right.wait, seconds(0));
  throttle_.Succeeded(right);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(TryKnown("device a").wait, seconds(0));
}

// Whoever has the password gets few codes, and those at known places are not held up by it.
TEST_F(SigninThrottleTest, CodesHaveASmallerBudget) {
  int codes = 0;
  for (int i = 0; i < 2000; ++i) {
    Ticket ticket = Try("acme", "alice", Far(i));
    if (ticket.wait == seconds(0) && throttle_.BeginCode(ticket) == seconds(0)) ++codes;
  }
  EXPECT_EQ(codes, 64);
  Ticket owner = TryKnown("device a");
  EXPECT_EQ(throttle_.BeginCode(owner), seconds(0));
  Ticket stranger = Try("acme", "alice", "192.0.2.1");
  EXPECT_GT(throttle_.BeginCode(stranger), seconds(0));
  clock_.Advance(seconds(900));
  EXPECT_EQ(throttle_.BeginCode(stranger), seconds(0));
  throttle_.Refund(stranger);
  Ticket again = Try("acme", "alice", "192.0.2.2");
  EXPECT_EQ(throttle_.BeginCode(again), seconds(0)) << "given back";
}

TEST_F(SigninThrottleTest, ASignedCallerHasABudgetOfItsOwn) {
  for (int i = 0; i < 5000; ++i) Try("acme", "alice", Far(i));
  EXPECT_GT(Try("acme", "alice", "192.0.2.1").wait, seconds(0)) << "five thousand networks take it all";
  EXPECT_EQ(throttle_
                .Begin({.account = "acme",
                        .user = "alice",
                        .address = "192.0.2.1",
                        .owner = {},
                        .place = {},
                        .is_signed = true})
                .wait,
            seconds(0));
}

TEST_F(SigninThrottleTest, ANewPasswordEndsAllWaits) {
  for (int i = 0; i < 9; ++i) Try("acme", "alice", "10.0.0.1");
  for (int i = 0; i < 9; ++i) TryKnown("device a");
  throttle_.Forget("acme", "alice", "AIDAALICE");
  EXPECT_EQ(Try("acme", "alice", "10.0.0.1").wait, seconds(0));
  EXPECT_EQ(TryKnown("device a").wait, seconds(0));
}

TEST_F(SigninThrottleTest, WhoAskedForNothingLatelyComesFirst) {
  for (int i = 0; i < 2000; ++i) Try("acme", "user-" + std::to_string(i), Ipv4(i % 40));
  EXPECT_GT(Try("acme", "alice", Ipv4(3)).rank, Try("acme", "alice", Ipv4(200)).rank) << "of the same /24";
  EXPECT_EQ(Try("acme", "alice", "192.0.2.1").rank, 0U);
  clock_.Advance(hours(6));
  EXPECT_EQ(Try("acme", "alice", Ipv4(3)).rank, 0U) << "all is forgotten in time";
}

// A stranger who fills the tables with other names does not shorten a wait of his own.
TEST_F(SigninThrottleTest, MemoryIsBoundedAndWaitsOutlastAFlood) {
  for (int i = 0; i < 5; ++i) Try("acme", "alice", "10.0.0.1");
  for (int i = 0; i < 20; ++i) {
    clock_.Advance(Try("acme", "alice", "10.0.0.1").wait);
    Try("acme", "alice", "10.0.0.1");
  }
  const auto wait = Try("acme", "alice", "10.0.0.1").wait;
  EXPECT_GT(wait, seconds(0));
  for (int i = 0; i < 60'000; ++i) Try("acme", "name-" + std::to_string(i), Far(i));
  EXPECT_LE(throttle_.entries(), TargetThrottle::kMostEntries + 2 * SigninThrottle::kMostEntries);
  EXPECT_EQ(Try("acme", "alice", "10.0.0.1").wait, wait);
}

}  // namespace
}  // namespace wardkeep::pipeline
