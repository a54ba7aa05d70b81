// What the credential lookup answers when the store or a stored policy fails it.
#include "pipeline/credentials.h"

#include <gtest/gtest.h>

#include <future>

#include "in_process/server.h"

namespace wardkeep::pipeline {
namespace {

using in_process::InProcessServer;
using in_process::Parameters;

// An unknown key is the client's fault, an account that cannot be read is not: clients throw keys away that
// are "invalid".
TEST(Credentials, AStoreThatFailsIsNotAnInvalidKey) {
  InProcessServer server;
  const auto directory = std::move(snapshot::Directory::Open(server.store)).value();
  const Services services{*directory,
                          server.clock,
                          server.rng,
                          *server.keys,
                          server.usage,
                          server.compiled,
                          *server.secrets,
                          server.mfa_throttle,
                          server.signin_throttle,
                          server.fido_challenges,
                          server.relying_party};
  server.store.SetLoadFault(base::Error(base::ErrorCode::kUnavailable, "the disk is gone"));
  Credentials failing(services, server.clock.Now());
  const auto refused = failing.FindSecret({server.admin().key_id, std::nullopt});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "InternalFailure");
  EXPECT_EQ(refused.error().http_status, 500);
  EXPECT_NE(failing.fault().find("the disk is gone"), std::string::npos) << failing.fault();
  EXPECT_EQ(refused.error().message.find("disk"), std::string::npos);

  server.store.SetLoadFault(std::nullopt);
  Credentials working(services, server.clock.Now());
  EXPECT_TRUE(working.FindSecret({server.admin().key_id, std::nullopt}).has_value());
  const auto unknown = working.FindSecret({"AKIAIOSFODNN7EXAMPLE", std::nullopt});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, "InvalidClientTokenId");
  EXPECT_EQ(working.fault(), "");
}

// A stored policy that no longer parses could hold a deny: nothing is allowed that policies have a say in.
class BrokenPolicy : public testing::Test {
 protected:
  static entity::DocumentPtr Broken(policy::DocumentKind kind) {
    return std::make_shared<entity::StoredDocument>("{broken", kind);
  }
  void Edit(const std::function<void(snapshot::AccountEdit&)>& change) {
    std::promise<void> durable;
    const bool begun = server_.directory->Write(
        base::AccountId(InProcessServer::kAccount),
        [&](snapshot::AccountEdit& edit) {
          change(edit);
          return true;
        },
        [&](const base::Result<void>& committed) {
          EXPECT_TRUE(committed.has_value());
          durable.set_value();
        });
    ASSERT_TRUE(begun);
    durable.get_future().wait();
  }

  InProcessServer server_;
};

TEST_F(BrokenPolicy, OfAUserLeavesNothingAllowed) {
  const auto caller = server_.MakeUser("caller", InProcessServer::Allow("*"));
  EXPECT_EQ(server_.Call(caller, "iam", "ListUsers").Outcome(), "ok");
  Edit([&](snapshot::AccountEdit& edit) {
    entity::User user = *edit.state().FindUser("caller");
    user.inline_policies.push_back({"q", Broken(policy::DocumentKind::kIdentity)});
    edit.PutUser(std::move(user));
  });
  EXPECT_EQ(server_.Call(caller, "iam", "ListUsers").Text("Code"), "AccessDenied");
  EXPECT_EQ(server_.Call(caller, "sts", "GetAccessKeyInfo", {{"AccessKeyId", caller.key_id}}).Text("Code"),
            "AccessDenied");
  // Never decided by policies.
  EXPECT_EQ(server_.Call(caller, "sts", "GetCallerIdentity").Outcome(), "ok");
}

TEST_F(BrokenPolicy, OfARoleLetsNobodyAssumeIt) {
  server_.Must(
      server_.admin(), "iam", "CreateRole",
      {{"RoleName", "r"}, {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"AWS":"111122223333"})")}});
  const Parameters assume = {{"RoleArn", "arn:aws:iam::111122223333:role/r"}, {"RoleSessionName", "sess"}};
  EXPECT_EQ(server_.Call(server_.admin(), "sts", "AssumeRole", assume).Outcome(), "ok");
  Edit([&](snapshot::AccountEdit& edit) {
    entity::Role role = *edit.state().FindRole("r");
    role.trust_policy = Broken(policy::DocumentKind::kTrust);
    edit.PutRole(std::move(role));
  });
  EXPECT_EQ(server_.Call(server_.admin(), "sts", "AssumeRole", assume).Outcome(),
            "AccessDenied: User: arn:aws:iam::111122223333:user/admin is not authorized to perform: "
            "sts:AssumeRole on "
            "resource: arn:aws:iam::111122223333:role/r");
}

}  // namespace
}  // namespace wardkeep::pipeline
