// The rules on a whole server in memory, with a clock that the test moves.
#include "hygiene/sweep.h"

#include <gtest/gtest.h>

#include <future>

#include "base/time_text.h"
#include "in_process/server.h"

namespace wardkeep::hygiene {
namespace {

using in_process::InProcessServer;
using in_process::Signer;

class Lines final : public log::Sink {
 public:
  void Write(std::string_view line) override { text.append(line); }
  std::string text;
};

class SweepTest : public testing::Test {
 protected:
  Sweep Make(const std::string& rules) {
    return Sweep({*ParseAccountRules(rules)}, *server.directory, server.usage, server.clock, logger);
  }
  std::string OwnRules(const std::string& rules) const {
    return std::string(InProcessServer::kAccount) + " " + rules;
  }
  bool Works(const Signer& signer) { return server.Call(signer, "sts", "GetCallerIdentity").ok(); }
  void Wait(int days) { server.clock.Advance(std::chrono::hours(24 * days)); }
  int Said(std::string_view what) const {
    int count = 0;
    for (auto at = lines.text.find(what); at != std::string::npos; at = lines.text.find(what, at + 1))
      ++count;
    return count;
  }

  InProcessServer server;
  Lines lines;
  log::Logger logger{lines, server.clock, log::Level::kDebug};
};

constexpr const char* kWarns = "credential will be deactivated";
constexpr const char* kActs = "credential deactivated by hygiene rule";

TEST_F(SweepTest, AnUnusedKeyIsReportedAndThenSwitchedOff) {
  const Signer idle = server.MakeUser("idle");
  const Signer busy = server.MakeUser("busy");
  const Sweep sweep = Make(OwnRules("unused-keys=45d notice=7d"));
  for (int day = 0; day < 44; ++day) {
    Wait(1);
    ASSERT_TRUE(Works(busy) && Works(server.admin()));
    sweep.Run();
  }
  EXPECT_EQ(Said(kWarns), 1);
  EXPECT_NE(lines.text.find("\"credential\":\"" + idle.key_id + "\""), std::string::npos) << lines.text;
  const std::string due = base::FormatIso8601(sweep.Findings().at(0).due);
  EXPECT_NE(lines.text.find("\"due\":\"" + due + "\""), std::string::npos) << lines.text;
  EXPECT_EQ(Said(kActs), 0);
  ASSERT_EQ(sweep.Findings().size(), 1U);
  EXPECT_EQ(sweep.Findings()[0].user, "idle");
  EXPECT_EQ(sweep.Findings()[0].access_key_id, idle.key_id);
  EXPECT_TRUE(sweep.Findings()[0].reported);
  Wait(1);
  ASSERT_TRUE(Works(busy) && Works(server.admin()));
  sweep.Run();
  EXPECT_EQ(Said(kActs), 1);
  EXPECT_FALSE(Works(idle));
  EXPECT_TRUE(Works(busy));
  EXPECT_TRUE(sweep.Findings().empty());
}

TEST_F(SweepTest, UseAfterTheNoticeKeepsTheKey) {
  const Signer idle = server.MakeUser("idle");
  const Sweep sweep = Make(OwnRules("unused-keys=45d notice=7d"));
  Wait(40);
  ASSERT_TRUE(Works(server.admin()));
  sweep.Run();
  EXPECT_EQ(Said(kWarns), 1);
  ASSERT_TRUE(Works(idle));
  for (int day = 0; day < 20; ++day) {
    Wait(1);
    ASSERT_TRUE(Works(server.admin()));
    sweep.Run();
  }
  EXPECT_TRUE(Works(idle));
  EXPECT_EQ(Said(kActs), 0);
}

// The rule comes to an account whose keys are long past their age: notice first, all the same.
TEST_F(SweepTest, OldKeysGetTheirNoticeBeforeAnything) {
  const Signer old = server.MakeUser("old");
  Wait(1000);
  const Sweep sweep = Make(OwnRules("max-key-age=90d notice=7d"));
  for (const int days : {0, 6}) {
    Wait(days);
    sweep.Run();
    EXPECT_TRUE(Works(old));
  }
  EXPECT_EQ(Said(kWarns), 2) << "the user's and the administrator's";
  Wait(1);
  sweep.Run();
  EXPECT_FALSE(Works(old));
  EXPECT_FALSE(Works(server.admin())) << "administrators are not spared";
  EXPECT_TRUE(Works(server.root())) << "the root user is";
}

// Activated again, an old key has a notice period of its own.
TEST_F(SweepTest, AKeyThatIsActivatedAgainGetsANewNotice) {
  const Signer old = server.MakeUser("old");
  const Sweep sweep = Make(OwnRules("max-key-age=90d notice=7d"));
  Wait(90);
  sweep.Run();
  Wait(7);
  sweep.Run();
  ASSERT_FALSE(Works(old));
  server.Must(server.root(), "iam", "UpdateAccessKey",
              {{"UserName", "old"}, {"AccessKeyId", old.key_id}, {"Status", "Active"}});
  sweep.Run();
  EXPECT_TRUE(Works(old));
  Wait(6);
  sweep.Run();
  EXPECT_TRUE(Works(old));
  Wait(1);
  sweep.Run();
  EXPECT_FALSE(Works(old));
}

TEST_F(SweepTest, AnUnusedPasswordIsRemoved) {
  server.MakeUser("person");
  const base::AccountId account{std::string(InProcessServer::kAccount)};
  const auto made = server.clock.Now();
  std::promise<void> done;
  server.directory->Write(
      account,
      [&](snapshot::AccountEdit& edit) {
        entity::User user = *edit.state().FindUser("person");
        user.login_profile = entity::LoginProfile{};
        user.login_profile->password_hash = "hash";
        user.login_profile->create_date = user.login_profile->password_changed = made;
        edit.PutUser(std::move(user));
        return true;
      },
      [&](const base::Result<void>&) { done.set_value(); });
  done.get_future().wait();
  const Sweep sweep = Make(OwnRules("unused-passwords=60d notice=7d"));
  Wait(53);
  sweep.Run();
  EXPECT_EQ(Said(kWarns), 1);
  ASSERT_EQ(sweep.Findings().size(), 1U);
  EXPECT_TRUE(sweep.Findings()[0].access_key_id.empty());
  EXPECT_TRUE(server.directory->Find(account)->FindUser("person")->login_profile);
  Wait(7);
  sweep.Run();
  EXPECT_FALSE(server.directory->Find(account)->FindUser("person")->login_profile);
  EXPECT_EQ(Said(kActs), 1);
}

TEST_F(SweepTest, OtherAccountsAreLeftAlone) {
  Wait(1000);
  const Sweep sweep = Make(std::string(InProcessServer::kOtherAccount) + " max-key-age=1d notice=1s");
  const std::string before = server.StoredDocuments();
  sweep.Run();
  Wait(1);
  sweep.Run();
  EXPECT_EQ(server.StoredDocuments(), before);
  EXPECT_TRUE(Works(server.admin()));
  EXPECT_FALSE(Works(server.other_admin()));
}

TEST_F(SweepTest, ASecondPassChangesNothing) {
  server.MakeUser("old");
  const Sweep sweep = Make("* max-key-age=1d notice=7d");
  Wait(30);
  sweep.Run();
  const std::string after = server.StoredDocuments();
  const std::string said = lines.text;
  sweep.Run();
  EXPECT_EQ(server.StoredDocuments(), after);
  EXPECT_EQ(lines.text, said);
}

}  // namespace
}  // namespace wardkeep::hygiene
