// Wrong old passwords in ChangePassword: delays by a clock that is moved by hand.
#include <gtest/gtest.h>

#include "in_process/server.h"

namespace wardkeep {
namespace {

using in_process::InProcessServer;
using in_process::Signer;
using std::chrono::seconds;

constexpr const char* kOld = "Tide-Lantern-42";
constexpr const char* kNew = "Harbour-Compass-77";

class ChangePasswordThrottle : public testing::Test {
 protected:
  ChangePasswordThrottle() {
    user_ = server_.MakeUser("u", InProcessServer::Allow("iam:ChangePassword"));
    server_.Must(server_.admin(), "iam", "CreateLoginProfile", {{"UserName", "u"}, {"Password", kOld}});
  }
  std::string Change(const std::string& old_password) {
    return server_
        .Call(user_, "iam", "ChangePassword", {{"OldPassword", old_password}, {"NewPassword", kNew}})
        .Outcome();
  }

  const std::string wrong_ = "AccessDenied: The old password was incorrect.";
  const std::string held_up_ = "Throttling: Rate exceeded";
  InProcessServer server_;
  Signer user_;
};

TEST_F(ChangePasswordThrottle, DelaysGrowAndARightPasswordEndsThem) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Change("wrong"), wrong_) << i;
  for (int delay = 1; delay <= 8; delay *= 2) {
    EXPECT_EQ(Change(kOld), held_up_) << delay;
    server_.Advance(seconds(delay) - std::chrono::milliseconds(1));
    EXPECT_EQ(Change(kOld), held_up_) << delay << " not over yet";
    server_.Advance(std::chrono::milliseconds(1));
    EXPECT_EQ(Change("wrong"), wrong_) << delay;
  }
  server_.Advance(seconds(16));
  EXPECT_EQ(Change(kOld), "ok");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Change(kOld), wrong_) << "counted anew " << i;
}

TEST_F(ChangePasswordThrottle, NoDelayIsLongerThanAQuarterOfAnHour) {
  for (int i = 0; i < 40; ++i) {
    Change("wrong");
    server_.Advance(seconds(900));
  }
  EXPECT_EQ(Change(kOld), "ok");
}

TEST_F(ChangePasswordThrottle, WhatIsRefusedWithoutLookingAtThePasswordIsNoGuess) {
  for (int i = 0; i < 10; ++i) {
    const auto answer =
        server_.Call(user_, "iam", "ChangePassword", {{"OldPassword", "wrong"}, {"NewPassword", "short"}});
    EXPECT_EQ(answer.Text("Code"), "PasswordPolicyViolation");
  }
  EXPECT_EQ(Change(kOld), "ok");
}

}  // namespace
}  // namespace wardkeep
