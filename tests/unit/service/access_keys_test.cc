// Whose access keys an operation is about when it names no user.
#include <gtest/gtest.h>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Parameters;
using in_process::Signer;

constexpr std::string_view kOwnKeys = R"(arn:aws:iam::111122223333:user/${aws:username})";

// Who may manage only the own keys must not reach another user's by leaving the user's name out: the right is
// then checked on the caller, so the keys have to be the caller's too.
TEST(AccessKeys, WithoutAUserNameOnlyTheCallersOwnKeysAreReached) {
  InProcessServer server;
  const Signer victim = server.MakeUser("victim");
  const Signer caller = server.MakeUser("caller", InProcessServer::Allow("iam:*AccessKey*", kOwnKeys));
  const std::string missing = "NoSuchEntity: The Access Key with id " + victim.key_id + " cannot be found.";
  EXPECT_EQ(server.Call(caller, "iam", "DeleteAccessKey", {{"AccessKeyId", victim.key_id}}).Outcome(),
            missing);
  EXPECT_EQ(
      server.Call(caller, "iam", "UpdateAccessKey", {{"AccessKeyId", victim.key_id}, {"Status", "Inactive"}})
          .Outcome(),
      missing);
  EXPECT_TRUE(server.Call(victim, "sts", "GetCallerIdentity").ok());
  EXPECT_EQ(
      server.Call(caller, "iam", "UpdateAccessKey", {{"AccessKeyId", caller.key_id}, {"Status", "Inactive"}})
          .Outcome(),
      "ok");
  EXPECT_EQ(server.Call(caller, "sts", "GetCallerIdentity").Text("Code"), "InvalidClientTokenId");
}

// A role session has no keys of its own.
TEST(AccessKeys, ARoleSessionMustNameTheUser) {
  InProcessServer server;
  server.Must(
      server.admin(), "iam", "CreateRole",
      {{"RoleName", "r"}, {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"AWS":"111122223333"})")}});
  server.Must(server.admin(), "iam", "AttachRolePolicy",
              {{"RoleName", "r"}, {"PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}});
  const Signer session = InProcessServer::Session(
      server.Must(server.admin(), "sts", "AssumeRole",
                  {{"RoleArn", "arn:aws:iam::111122223333:role/r"}, {"RoleSessionName", "sess"}}));
  const std::string refusal = "ValidationError: Must specify userName when calling with non-User credentials";
  const std::vector<std::pair<std::string, Parameters>> cases = {
      {"GetUser", {}},
      {"CreateAccessKey", {}},
      {"ListAccessKeys", {}},
      {"UpdateAccessKey", {{"AccessKeyId", server.admin().key_id}, {"Status", "Inactive"}}},
      {"DeleteAccessKey", {{"AccessKeyId", server.admin().key_id}}},
  };
  for (const auto& [operation, parameters] : cases) {
    EXPECT_EQ(server.Call(session, "iam", operation, parameters).Outcome(), refusal) << operation;
  }
}

// Root means its own two keys.
TEST(AccessKeys, RootWithoutAUserNameMeansItsOwnKeys) {
  InProcessServer server;
  const Answer made = server.Must(server.root(), "iam", "CreateAccessKey");
  EXPECT_EQ(server.Must(server.root(), "iam", "ListAccessKeys").Texts("AccessKeyId").size(), 2U);
  EXPECT_EQ(server.Call(server.root(), "iam", "CreateAccessKey").Outcome(),
            "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
  const Signer second{made.Text("AccessKeyId"), made.Text("SecretAccessKey"), {}};
  EXPECT_EQ(server.Must(second, "sts", "GetCallerIdentity").Text("Arn"), "arn:aws:iam::111122223333:root");
  EXPECT_EQ(server.Call(server.root(), "iam", "DeleteAccessKey", {{"AccessKeyId", server.admin().key_id}})
                .Text("Code"),
            "NoSuchEntity");
  server.Must(server.root(), "iam", "DeleteAccessKey", {{"AccessKeyId", second.key_id}});
  EXPECT_EQ(server.Call(second, "sts", "GetCallerIdentity").Text("Code"), "InvalidClientTokenId");
}

// The last use of root's key is root's to see, not everybody's.
TEST(AccessKeys, LastUseOfARootKeyIsGuardedByTheRootArn) {
  InProcessServer server;
  const Signer caller =
      server.MakeUser("caller", InProcessServer::Allow("iam:GetAccessKeyLastUsed", kOwnKeys));
  EXPECT_EQ(server.Call(caller, "iam", "GetAccessKeyLastUsed", {{"AccessKeyId", caller.key_id}}).Outcome(),
            "ok");
  EXPECT_EQ(server.Call(caller, "iam", "GetAccessKeyLastUsed", {{"AccessKeyId", server.root().key_id}})
                .Text("Code"),
            "AccessDenied");
  EXPECT_EQ(server.Call(server.root(), "iam", "GetAccessKeyLastUsed", {{"AccessKeyId", server.root().key_id}})
                .Outcome(),
            "ok");
}

}  // namespace
}  // namespace wardkeep::service
