// Writes that meet: each is authorised against the very state it changes, also when that state is not yet
// durable.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "in_process/server.h"

namespace wardkeep::pipeline {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Parameters;
using in_process::Signer;

struct Change {
  std::string name;
  std::string operation;
  Parameters parameters;
  std::string code;  // of the write that follows
};

class ConcurrentWrites : public testing::TestWithParam<Change> {};

// The first write is accepted but held back before it is durable; the second, of another caller, comes
// meanwhile.
TEST_P(ConcurrentWrites, TheSecondIsAuthorisedAfterTheFirst) {
  InProcessServer server;
  const Signer caller = server.MakeUser("caller", InProcessServer::Allow("iam:*"));
  Change change = GetParam();
  for (auto& [name, value] : change.parameters) {
    if (value == "KEY") value = caller.key_id;
  }
  server.store.Hold();
  auto first = std::async(std::launch::async, [&] {
    return server.Call(server.admin(), "iam", change.operation, change.parameters);
  });
  server.store.AwaitCommit();
  auto second = std::async(std::launch::async, [&] {
    return server.Call(caller, "iam", "CreateGroup", {{"GroupName", "g"}});
  });
  // A refusal comes at once; a write waits for the store.
  second.wait_for(std::chrono::milliseconds(change.code.empty() ? 50 : 5000));
  server.store.Release();
  EXPECT_EQ(first.get().Outcome(), "ok");
  EXPECT_EQ(second.get().Text("Code"), change.code);
  EXPECT_EQ(server.Call(server.admin(), "iam", "GetGroup", {{"GroupName", "g"}}).ok(), change.code.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, ConcurrentWrites,
    testing::Values(Change{"Unrelated", "CreateUser", {{"UserName", "bob"}}, ""},
                    Change{"PolicyTaken",
                           "DeleteUserPolicy",
                           {{"UserName", "caller"}, {"PolicyName", "p"}},
                           "AccessDenied"},
                    Change{"KeySwitchedOff",
                           "UpdateAccessKey",
                           {{"UserName", "caller"}, {"AccessKeyId", "KEY"}, {"Status", "Inactive"}},
                           "InvalidClientTokenId"},
                    Change{"KeyDeleted",
                           "DeleteAccessKey",
                           {{"UserName", "caller"}, {"AccessKeyId", "KEY"}},
                           "InvalidClientTokenId"},
                    Change{"Renamed", "UpdateUser", {{"UserName", "caller"}, {"NewUserName", "other"}}, ""}),
    [](const auto& one) { return one.param.name; });

// Two changes of the alias in flight at once, there and back: the account keeps it, and no other can have it.
TEST(ConcurrentAliases, ThereAndBackKeepsTheAlias) {
  InProcessServer server;
  const auto alias = [&](const std::string& name) {
    return server.Call(server.admin(), "iam", "CreateAccountAlias", {{"AccountAlias", name}}).Outcome();
  };
  ASSERT_EQ(alias("first"), "ok");
  server.store.Hold();
  auto away = std::async(std::launch::async, [&] { return alias("second"); });
  server.store.AwaitCommit();
  auto back = std::async(std::launch::async, [&] { return alias("first"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server.store.Release();
  EXPECT_EQ(away.get(), "ok");
  EXPECT_EQ(back.get(), "ok");
  EXPECT_EQ(server.Must(server.admin(), "iam", "ListAccountAliases").Text("member"), "first");
  EXPECT_EQ(server.Call(server.other_admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "first"}})
                .Text("Code"),
            "EntityAlreadyExists");
  EXPECT_EQ(
      server.Call(server.other_admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "second"}}).Outcome(),
      "ok");
}

TEST(ConcurrentAliases, GivenUpWhereItIsSetAgainIsFree) {
  InProcessServer server;
  const Parameters alias = {{"AccountAlias", "mine"}};
  server.Must(server.admin(), "iam", "CreateAccountAlias", alias);
  server.Must(server.admin(), "iam", "CreateAccountAlias", alias);
  server.Must(server.admin(), "iam", "DeleteAccountAlias", alias);
  EXPECT_EQ(server.Call(server.other_admin(), "iam", "CreateAccountAlias", alias).Outcome(), "ok");
}

// A write whose commit fails frees the alias it wanted and keeps the one there was.
TEST(ConcurrentAliases, AFailedChangeFreesWhatItClaimed) {
  InProcessServer server;
  server.Must(server.admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "old"}});
  server.store.SetFault([](std::span<const storage::Batch>) -> base::Result<void> {
    return base::Error(base::ErrorCode::kUnavailable, "the disk is full");
  });
  EXPECT_EQ(server.Call(server.admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "new"}}).Text("Code"),
            "InternalFailure");
  server.store.SetFault({});
  EXPECT_EQ(
      server.Call(server.other_admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "old"}}).Text("Code"),
      "EntityAlreadyExists");
  EXPECT_EQ(
      server.Call(server.other_admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "new"}}).Outcome(),
      "ok");
}

}  // namespace
}  // namespace wardkeep::pipeline
