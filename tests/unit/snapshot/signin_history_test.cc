// Sign-in attempts: stored as written, the newest kept, found again after a restart.
#include "snapshot/signin_history.h"

#include <gtest/gtest.h>

#include "storage/memory/memory_store.h"

namespace wardkeep::snapshot {
namespace {

const base::AccountId kAccount("123456789012");

entity::SigninAttempt Attempt(int number) {
  entity::SigninAttempt attempt;
  attempt.id = "id-" + std::to_string(number);
  attempt.time = base::FromUnixSeconds(number);
  attempt.event = entity::SigninEvent::kGetSigninToken;
  attempt.outcome = entity::SigninOutcome::kChallenge;
  attempt.account = kAccount;
  attempt.principal_type = "IAMUser";
  attempt.principal_arn = "arn:aws:iam::123456789012:user/u";
  attempt.reason = "why";
  attempt.mfa_used = true;
  attempt.mfa_serial = "arn:aws:iam::123456789012:mfa/m";
  attempt.source_address = "10.0.0.1";
  attempt.user_agent = "agent \"quoted\"";
  attempt.suppressed = 7;
  return attempt;
}

TEST(SigninHistory, AnAttemptIsReadAsWritten) {
  const entity::SigninAttempt attempt = Attempt(3);
  const auto read = DecodeSigninAttempt({.account = kAccount,
                                         .kind = storage::DocumentKind::kSigninAttempt,
                                         .id = "attempt-3",
                                         .name_key = {},
                                         .revision = 1,
                                         .body = EncodeSigninAttempt(attempt, 1003)});
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->number, 1003U);
  EXPECT_EQ(read->attempt.id, attempt.id);
  EXPECT_EQ(read->attempt.time, attempt.time);
  EXPECT_EQ(read->attempt.event, attempt.event);
  EXPECT_EQ(read->attempt.outcome, attempt.outcome);
  EXPECT_EQ(read->attempt.account, attempt.account);
  EXPECT_EQ(read->attempt.principal_type, attempt.principal_type);
  EXPECT_EQ(read->attempt.principal_arn, attempt.principal_arn);
  EXPECT_EQ(read->attempt.reason, attempt.reason);
  EXPECT_TRUE(read->attempt.mfa_used);
  EXPECT_EQ(read->attempt.mfa_serial, attempt.mfa_serial);
  EXPECT_EQ(read->attempt.source_address, attempt.source_address);
  EXPECT_EQ(read->attempt.user_agent, attempt.user_agent);
  EXPECT_EQ(read->attempt.suppressed, 7U);
}

TEST(SigninHistory, KeepsTheNewestOverARestart) {
  const auto opened = storage::memory::OpenStore();
  storage::Store& store = *opened;
  constexpr int kMany = static_cast<int>(SigninHistory::kKept) + 5;
  {
    auto directory = std::move(Directory::Open(store)).value();
    entity::Account account;
    account.id = kAccount;
    ASSERT_TRUE(directory->CreateAccount(account, {}, [](const base::Result<void>&) {}));
    SigninHistory history(*directory);
    while (directory->Find(kAccount) == nullptr) {
    }
    for (int i = 0; i < kMany; ++i) history.Record(Attempt(i));
    entity::SigninAttempt nobody = Attempt(1);
    nobody.account = base::AccountId();
    history.Record(nobody);
    EXPECT_EQ(history.Newest(kAccount, 2).front().id, "id-" + std::to_string(kMany - 1));
    directory->Stop();
  }
  auto directory = std::move(Directory::Open(store)).value();
  EXPECT_NE(directory->Find(kAccount), nullptr) << "attempts are no part of the state";
  SigninHistory history(*directory);
  ASSERT_TRUE(history.Load(store));
  const auto newest = history.Newest(kAccount, 5000);
  ASSERT_EQ(newest.size(), SigninHistory::kKept);
  EXPECT_EQ(newest.front().id, "id-" + std::to_string(kMany - 1));
  EXPECT_EQ(newest.back().id, "id-5");
  history.Record(Attempt(kMany));
  EXPECT_EQ(history.Newest(kAccount, 1).front().id, "id-" + std::to_string(kMany));
}

// Whoever is refused without end pushes no success out, and the order of both is known after a restart.
TEST(SigninHistory, RefusalsPushNoSuccessOut) {
  const auto opened = storage::memory::OpenStore();
  storage::Store& store = *opened;
  constexpr int kMany = 3 * static_cast<int>(SigninHistory::kKept);
  const auto ids = [](const std::vector<entity::SigninAttempt>& attempts) {
    std::vector<std::string> found;
    for (const auto& attempt : attempts) {
      if (attempt.outcome == entity::SigninOutcome::kSuccess) found.push_back(attempt.id);
    }
    return found;
  };
  const auto success = [](int number) {
    entity::SigninAttempt attempt = Attempt(number);
    attempt.outcome = entity::SigninOutcome::kSuccess;
    return attempt;
  };
  {
    auto directory = std::move(Directory::Open(store)).value();
    entity::Account account;
    account.id = kAccount;
    ASSERT_TRUE(directory->CreateAccount(account, {}, [](const base::Result<void>&) {}));
    while (directory->Find(kAccount) == nullptr) {
    }
    SigninHistory history(*directory);
    history.Record(success(-1));
    for (int i = 0; i < kMany; ++i) history.Record(Attempt(i));
    history.Record(success(kMany));
    history.Record(Attempt(kMany + 1));
    directory->Stop();
  }
  auto directory = std::move(Directory::Open(store)).value();
  SigninHistory history(*directory);
  ASSERT_TRUE(history.Load(store));
  const auto newest = history.Newest(kAccount, 5000);
  ASSERT_EQ(newest.size(), SigninHistory::kKept + 2);
  EXPECT_EQ(newest[0].id, "id-" + std::to_string(kMany + 1));
  EXPECT_EQ(newest[1].id, "id-" + std::to_string(kMany));
  EXPECT_EQ(newest.back().id, "id--1");
  EXPECT_EQ(ids(newest), (std::vector<std::string>{"id-" + std::to_string(kMany), "id--1"}));
}

}  // namespace
}  // namespace wardkeep::snapshot
