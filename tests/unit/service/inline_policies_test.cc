// Inline policies of databases that were written when the case of their names counted.
#include <gtest/gtest.h>

#include <future>

#include "in_process/server.h"
#include "snapshot/account_edit.h"

namespace wardkeep::service {
namespace {

using in_process::InProcessServer;
using in_process::Parameters;
using Texts = std::vector<std::string>;

std::string OneBucket(std::string_view bucket) {
  return InProcessServer::Allow("s3:GetObject", "arn:aws:s3:::" + std::string(bucket) + "/*");
}

// User "old" with two inline policies whose names differ by case only: NAME is about the bucket one, name
// about two.
void MakeOldUser(InProcessServer& server) {
  server.MakeUser("old");
  std::promise<void> durable;
  server.directory->Write(
      base::AccountId(InProcessServer::kAccount),
      [](snapshot::AccountEdit& edit) {
        entity::User user = *edit.state().FindUser("old");
        for (const auto& [name, bucket] : {std::pair("NAME", "one"), std::pair("name", "two")}) {
          user.inline_policies.push_back({name, std::make_shared<entity::StoredDocument>(
                                                    OneBucket(bucket), policy::DocumentKind::kIdentity)});
        }
        edit.PutUser(std::move(user));
        return true;
      },
      [&](const base::Result<void>&) { durable.set_value(); });
  durable.get_future().wait();
}

std::string Decision(InProcessServer& server, std::string_view bucket) {
  return server
      .Must(server.admin(), "iam", "SimulatePrincipalPolicy",
            {{"PolicySourceArn", "arn:aws:iam::111122223333:user/old"},
             {"ActionNames.member.1", "s3:GetObject"},
             {"ResourceArns.member.1", "arn:aws:s3:::" + std::string(bucket) + "/x"}})
      .Text("EvalDecision");
}

TEST(InlinePolicies, TwoOldNamesThatDifferByCaseBothCountAndAreReachedByTheirSpelling) {
  InProcessServer server;
  MakeOldUser(server);
  const auto call = [&](std::string_view operation, Parameters more = {}) {
    more.emplace_back("UserName", "old");
    return server.Must(server.admin(), "iam", operation, more);
  };
  EXPECT_EQ(call("ListUserPolicies").Texts("member"), (Texts{"NAME", "name"}));
  EXPECT_EQ(Decision(server, "one"), "allowed");
  EXPECT_EQ(Decision(server, "two"), "allowed");
  call("PutUserPolicy", {{"PolicyName", "name"}, {"PolicyDocument", OneBucket("three")}});
  EXPECT_EQ(Decision(server, "one"), "allowed");
  EXPECT_EQ(Decision(server, "two"), "implicitDeny");
  EXPECT_EQ(Decision(server, "three"), "allowed");
  call("DeleteUserPolicy", {{"PolicyName", "NAME"}});
  EXPECT_EQ(call("ListUserPolicies").Texts("member"), (Texts{"name"}));
  EXPECT_EQ(Decision(server, "one"), "implicitDeny");
  call("DeleteUserPolicy", {{"PolicyName", "Name"}});
  EXPECT_EQ(call("ListUserPolicies").Texts("member"), Texts());
}

}  // namespace
}  // namespace wardkeep::service
