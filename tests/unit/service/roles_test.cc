// Roles that belong to services, trust across accounts and renames, and what a role passed on is judged by.
#include <gtest/gtest.h>

#include "base/percent.h"
#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Parameters;
using in_process::Signer;

constexpr std::string_view kRoleArn = "arn:aws:iam::111122223333:role/r";

class Roles : public testing::Test {
 protected:
  void MakeRole(const std::string& trust) {
    server_.Must(server_.admin(), "iam", "CreateRole",
                 {{"RoleName", "r"}, {"AssumeRolePolicyDocument", trust}});
  }
  // False only for AWS's own refusal; anything else fails the test.
  bool Assumes(const Signer& caller, const Parameters& more = {}) {
    Parameters parameters = {{"RoleArn", std::string(kRoleArn)}, {"RoleSessionName", "sess"}};
    parameters.insert(parameters.end(), more.begin(), more.end());
    const Answer answer = server_.Call(caller, "sts", "AssumeRole", parameters);
    EXPECT_EQ(answer.Text("Code"), answer.ok() ? "" : "AccessDenied") << answer.body;
    return answer.Text("Arn") == "arn:aws:sts::111122223333:assumed-role/r/sess";
  }
  std::string TrustShown() {
    const Answer role = server_.Must(server_.admin(), "iam", "GetRole", {{"RoleName", "r"}});
    return base::PercentDecode(role.Text("AssumeRolePolicyDocument"), base::PlusSign::kLiteral).value_or("");
  }

  InProcessServer server_;
};

// The description is all that may change of a service-linked role.
TEST_F(Roles, OfAServiceLetTheirDescriptionBeChanged) {
  const Answer made = server_.Must(server_.admin(), "iam", "CreateServiceLinkedRole",
                                   {{"AWSServiceName", "elasticbeanstalk.amazonaws.com"}});
  const std::string name = made.Text("RoleName");
  server_.Must(server_.admin(), "iam", "UpdateRole", {{"RoleName", name}, {"Description", "ours"}});
  EXPECT_EQ(server_.Must(server_.admin(), "iam", "GetRole", {{"RoleName", name}}).Text("Description"),
            "ours");
  const Answer described = server_.Must(server_.admin(), "iam", "UpdateRoleDescription",
                                        {{"RoleName", name}, {"Description", "mine"}});
  EXPECT_EQ(described.Text("Description"), "mine");
  EXPECT_EQ(
      server_.Call(server_.admin(), "iam", "UpdateRole", {{"RoleName", name}, {"MaxSessionDuration", "7200"}})
          .Text("Code"),
      "UnmodifiableEntity");
}

TEST_F(Roles, AreNotMadeUnderReservedPaths) {
  const std::pair<const char*, const char*> cases[] = {
      {"/aws-service-role/x/", "InvalidInput"},
      {"/aws-reserved/", "ValidationError"},
      {"/aws-reserved/sso.amazonaws.com/", "ValidationError"}};
  for (const auto& [path, code] : cases) {
    EXPECT_EQ(server_
                  .Call(server_.admin(), "iam", "CreateRole",
                        {{"RoleName", "r"},
                         {"Path", path},
                         {"AssumeRolePolicyDocument",
                          InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})")}})
                  .Text("Code"),
              code)
        << path;
  }
}

// A trust policy names the user by its id: a rename keeps the trust, and the new ARN is shown; a new user of
// the old name is another one.
TEST_F(Roles, TrustFollowsTheUserNotTheName) {
  const Signer friendly = server_.MakeUser("friend");
  MakeRole(InProcessServer::Trust(R"({"AWS":"arn:aws:iam::111122223333:user/friend"})"));
  EXPECT_TRUE(Assumes(friendly));
  server_.Must(server_.admin(), "iam", "UpdateUser",
               {{"UserName", "friend"}, {"NewUserName", "pal"}, {"NewPath", "/x/"}});
  EXPECT_TRUE(Assumes(friendly));
  EXPECT_NE(TrustShown().find("arn:aws:iam::111122223333:user/x/pal"), std::string::npos) << TrustShown();
  const Signer impostor = server_.MakeUser("friend");
  EXPECT_FALSE(Assumes(impostor));
}

struct Trusted {
  std::string name;
  std::string principal;
  bool with_identity;  // the other account's user may assume anything
  bool allowed;
};

// Across accounts both sides must allow, whatever form the trust has.
TEST_F(Roles, AcrossAccountsBothSidesMustAllow) {
  const auto make = [&](const std::string& name, const std::string& policy) {
    server_.Must(server_.other_admin(), "iam", "CreateUser", {{"UserName", name}});
    if (!policy.empty()) {
      server_.Must(server_.other_admin(), "iam", "PutUserPolicy",
                   {{"UserName", name}, {"PolicyName", "p"}, {"PolicyDocument", policy}});
    }
    const Answer key = server_.Must(server_.other_admin(), "iam", "CreateAccessKey", {{"UserName", name}});
    return Signer{key.Text("AccessKeyId"), key.Text("SecretAccessKey"), {}};
  };
  const Signer able = make("able", InProcessServer::Allow("sts:*"));
  const Signer plain = make("plain", "");
  MakeRole(InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})"));
  const std::vector<Trusted> cases = {
      {"account", R"({"AWS":"444455556666"})", true, true},
      {"root", R"({"AWS":"arn:aws:iam::444455556666:root"})", true, true},
      {"account alone", R"({"AWS":"444455556666"})", false, false},
      {"user", R"({"AWS":"arn:aws:iam::444455556666:user/able"})", true, true},
      {"user alone", R"({"AWS":"arn:aws:iam::444455556666:user/plain"})", false, false},
      {"another user", R"({"AWS":"arn:aws:iam::444455556666:user/plain"})", true, false},
      {"own account", R"({"AWS":"111122223333"})", true, false},
      {"everybody", R"({"AWS":"*"})", true, true},
      {"everybody alone", R"({"AWS":"*"})", false, false},
  };
  for (const Trusted& trusted : cases) {
    server_.Must(server_.admin(), "iam", "UpdateAssumeRolePolicy",
                 {{"RoleName", "r"}, {"PolicyDocument", InProcessServer::Trust(trusted.principal)}});
    EXPECT_EQ(Assumes(trusted.with_identity ? able : plain), trusted.allowed) << trusted.name;
  }
}

TEST_F(Roles, TheExternalIdIsAskedFor) {
  MakeRole(InProcessServer::Trust(R"({"AWS":"111122223333"})",
                                  R"({"StringEquals":{"sts:ExternalId":"secret-word"}})"));
  EXPECT_FALSE(Assumes(server_.admin()));
  EXPECT_FALSE(Assumes(server_.admin(), {{"ExternalId", "wrong"}}));
  EXPECT_TRUE(Assumes(server_.admin(), {{"ExternalId", "secret-word"}}));
}

TEST_F(Roles, RootAssumesNone) {
  MakeRole(InProcessServer::Trust(R"({"AWS":"*"})"));
  EXPECT_EQ(server_
                .Call(server_.root(), "sts", "AssumeRole",
                      {{"RoleArn", std::string(kRoleArn)}, {"RoleSessionName", "sess"}})
                .Outcome(),
            "AccessDenied: Roles may not be assumed by root accounts.");
}

// The session ends with the role, also when another of its name follows.
TEST_F(Roles, ASessionDiesWithItsRole) {
  MakeRole(InProcessServer::Trust(R"({"AWS":"111122223333"})"));
  const Signer session = InProcessServer::Session(
      server_.Must(server_.admin(), "sts", "AssumeRole",
                   {{"RoleArn", std::string(kRoleArn)}, {"RoleSessionName", "sess"}}));
  EXPECT_EQ(server_.Call(session, "sts", "GetCallerIdentity").Outcome(), "ok");
  server_.Must(server_.admin(), "iam", "DeleteRole", {{"RoleName", "r"}});
  EXPECT_EQ(server_.Call(session, "sts", "GetCallerIdentity").Text("Code"), "InvalidClientTokenId");
  MakeRole(InProcessServer::Trust(R"({"AWS":"111122223333"})"));
  EXPECT_EQ(server_.Call(session, "sts", "GetCallerIdentity").Text("Code"), "InvalidClientTokenId");
}

// Both spellings of the tag keys hold for a role that is passed on.
TEST_F(Roles, PassingOneLooksAtItsTags) {
  MakeRole(InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})"));
  server_.Must(server_.admin(), "iam", "TagRole",
               {{"RoleName", "r"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "blue"}});
  server_.Must(server_.admin(), "iam", "CreateInstanceProfile", {{"InstanceProfileName", "ip"}});
  int users = 0;
  for (const std::string key : {"aws:ResourceTag/team", "iam:ResourceTag/team"}) {
    for (const std::string value : {"red", "blue"}) {
      const Signer caller = server_.MakeUser("caller" + std::to_string(users++),
                                             InProcessServer::Allow("iam:AddRoleToInstanceProfile"));
      server_.Must(server_.admin(), "iam", "PutUserPolicy",
                   {{"UserName", "caller" + std::to_string(users - 1)},
                    {"PolicyName", "q"},
                    {"PolicyDocument",
                     InProcessServer::Allow("iam:PassRole", "*",
                                            R"({"StringEquals":{")" + key + R"(":")" + value + "\"}}")}});
      const Answer added = server_.Call(caller, "iam", "AddRoleToInstanceProfile",
                                        {{"InstanceProfileName", "ip"}, {"RoleName", "r"}});
      EXPECT_EQ(added.ok(), value == "blue") << key << " " << added.body;
      if (added.ok()) {
        server_.Must(server_.admin(), "iam", "RemoveRoleFromInstanceProfile",
                     {{"InstanceProfileName", "ip"}, {"RoleName", "r"}});
      }
    }
  }
}

TEST_F(Roles, AwsPoliciesHaveNoTags) {
  const Answer tags = server_.Call(server_.admin(), "iam", "ListPolicyTags",
                                   {{"PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}});
  EXPECT_EQ(tags.Outcome(), "ok");
  EXPECT_EQ(tags.Text("IsTruncated"), "false");
}

}  // namespace
}  // namespace wardkeep::service
