// Time at sign-in, with a clock that is moved by hand: passwords that expire, sessions that end, sign-in
// tokens that are too old.
#include <gtest/gtest.h>

#include <future>

#include "in_process/server.h"
#include "json/parse.h"
#include "service/signin/signin_handler.h"

namespace wardkeep::service::signin {
namespace {

using in_process::InProcessServer;

class IgnoringSink final : public entity::SigninSink {
 public:
  void Record(const entity::SigninAttempt&) override {}
};

class NoHandler final : public base::HttpHandler {
 public:
  void Handle(base::HttpRequest, base::Responder respond) override { respond({.status = 404}); }
};

class SigninExpiry : public testing::Test {
 protected:
  SigninExpiry() {
    server_.Must(server_.admin(), "iam", "CreateUser", {{"UserName", "u"}});
    server_.Must(server_.admin(), "iam", "AttachUserPolicy",
                 {{"UserName", "u"}, {"PolicyArn", "arn:aws:iam::aws:policy/IAMUserChangePassword"}});
    server_.Must(server_.admin(), "iam", "CreateLoginProfile",
                 {{"UserName", "u"}, {"Password", "Tide-Lantern-42"}});
  }
  ~SigninExpiry() override { workers_.Stop(); }

  base::HttpResponse Send(const std::string& method, const std::string& target, const std::string& body,
                          const std::string& cookie = {}) {
    base::HttpRequest request{
        .method = method, .target = target, .headers = {}, .body = body, .peer_address = "10.0.0.1"};
    request.headers.emplace_back("Content-Type", "application/json");
    if (!cookie.empty()) request.headers.emplace_back("Cookie", cookie);
    auto answer = std::make_shared<std::promise<base::HttpResponse>>();
    auto answered = answer->get_future();
    handler_.Handle(std::move(request),
                    [answer](base::HttpResponse response) { answer->set_value(std::move(response)); });
    return answered.get();
  }
  base::HttpResponse SignIn(const std::string& more = {}) {
    return Send("POST", "/signin",
                R"({"account":")" + std::string(InProcessServer::kAccount) +
                    R"(","user":"u","password":"Tide-Lantern-42")" + more + "}");
  }
  void Limit(const in_process::Parameters& policy) {
    server_.Must(server_.admin(), "iam", "UpdateAccountPasswordPolicy", policy);
  }
  static std::string Code(const base::HttpResponse& response) {
    const auto root = json::Parse(response.body);
    const json::Value* code = root ? root->Find("code") : nullptr;
    return code == nullptr || code->AsString() == nullptr ? std::string() : *code->AsString();
  }
  static std::string Cookie(const base::HttpResponse& response) {
    const std::string* set = response.Header("Set-Cookie");
    return set == nullptr ? std::string() : set->substr(0, set->find(';'));
  }

  InProcessServer server_;
  pipeline::PasswordPool workers_{1, 8};
  IgnoringSink sink_;
  NoHandler next_;
  SigninHandler handler_{
      {.services = *server_.services, .password_workers = workers_, .sink = sink_, .settings = {}},
      server_.keys->signin_token,
      next_};
};

TEST_F(SigninExpiry, AnExpiredPasswordIsReplacedAtSignIn) {
  Limit({{"MaxPasswordAge", "30"}});
  server_.clock.Advance(std::chrono::days(29));
  EXPECT_EQ(SignIn().status, 200);
  server_.clock.Advance(std::chrono::days(1));
  EXPECT_EQ(Code(SignIn()), "PasswordChangeRequired");
  EXPECT_EQ(SignIn(R"(,"newPassword":"Harbour-Compass-77")").status, 200);
  EXPECT_EQ(Code(SignIn()), "AuthenticationFailed");
}

TEST_F(SigninExpiry, HardExpiryLeavesItToTheAdministrator) {
  Limit({{"MaxPasswordAge", "30"}, {"HardExpiry", "true"}});
  server_.clock.Advance(std::chrono::days(30));
  EXPECT_EQ(Code(SignIn()), "PasswordExpired");
  EXPECT_EQ(Code(SignIn(R"(,"newPassword":"Harbour-Compass-77")")), "PasswordExpired");
  server_.Must(server_.admin(), "iam", "UpdateLoginProfile",
               {{"UserName", "u"}, {"Password", "Tide-Lantern-42"}});
  EXPECT_EQ(SignIn().status, 200);
}

TEST_F(SigninExpiry, ASessionEndsWithItsLife) {
  const std::string cookie = Cookie(SignIn());
  EXPECT_EQ(Send("GET", "/signin/session", {}, cookie).status, 200);
  server_.clock.Advance(std::chrono::hours(12) - std::chrono::seconds(1));
  EXPECT_EQ(Send("GET", "/signin/session", {}, cookie).status, 200);
  server_.clock.Advance(std::chrono::seconds(1));
  EXPECT_EQ(Send("GET", "/signin/session", {}, cookie).status, 401);
}

// Waits are measured by a clock that nobody sets.
TEST_F(SigninExpiry, AClockThatIsSetBackLengthensNoWait) {
  for (int i = 0; i < 5; ++i) {
    const std::string body =
        R"({"account":")" + std::string(InProcessServer::kAccount) + R"(","user":"u","password":"wrong"})";
    EXPECT_EQ(Code(Send("POST", "/signin", body)), "AuthenticationFailed");
  }
  server_.clock.Advance(-std::chrono::hours(2));
  const base::HttpResponse held = SignIn();
  EXPECT_EQ(Code(held), "TooManyAttempts");
  ASSERT_NE(held.Header("Retry-After"), nullptr);
  EXPECT_EQ(*held.Header("Retry-After"), "1");
  server_.steady.Advance(std::chrono::seconds(1));
  EXPECT_EQ(SignIn().status, 200);
}

// With every thread busy and the queue full a sign-in is refused at once and counts as no failure.
TEST_F(SigninExpiry, TooManyAtOnceAreShed) {
  auto release = std::make_shared<std::promise<void>>();
  const std::shared_future<void> released(release->get_future());
  std::promise<void> busy;
  const auto ignore = [] {};
  const auto occupy = [released, &busy] {
    busy.set_value();
    released.wait();
  };
  ASSERT_TRUE(workers_.Submit({}, occupy, ignore));
  busy.get_future().wait();
  while (workers_.Submit({}, ignore, ignore)) {
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Code(SignIn()), "ServiceUnavailable");
  release->set_value();
  while (SignIn().status == 503) {
  }
  EXPECT_EQ(SignIn().status, 200);
}

}  // namespace
}  // namespace wardkeep::service::signin
