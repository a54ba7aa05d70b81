// The condition keys that operations supply, each tried with a value that lets the call through and one that
// does not.
#include <gtest/gtest.h>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::InProcessServer;
using in_process::Parameters;
using in_process::Signer;

const std::string kOwn = "arn:aws:iam::111122223333:policy/own";
const std::string kReadOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const std::string kOther = "arn:aws:iam::aws:policy/AdministratorAccess";

struct KeyCase {
  std::string operation;
  Parameters parameters;
  std::string test;  // condition operator and key: `StringEquals":{"iam:PolicyARN`
  std::string right;
  std::string wrong;
};

Parameters With(Parameters parameters, const Parameters& more) {
  parameters.insert(parameters.end(), more.begin(), more.end());
  return parameters;
}

std::vector<KeyCase> Cases() {
  const std::string good = InProcessServer::Allow("s3:*");
  const std::string trust = InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})");
  const Parameters tag = {{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "blue"}};
  const Parameters untag = {{"TagKeys.member.1", "spare"}};
  const Parameters user = {{"UserName", "bob"}};
  const Parameters role = {{"RoleName", "r"}};
  const Parameters policy = {{"PolicyArn", kOwn}};
  const Parameters profile = {{"InstanceProfileName", "ip"}};
  std::vector<KeyCase> cases = {
      {"AttachGroupPolicy",
       {{"GroupName", "g"}, {"PolicyArn", kReadOnly}},
       R"(ArnEquals":{"iam:PolicyARN)",
       kReadOnly,
       kOther},
      {"CreateServiceLinkedRole",
       {{"AWSServiceName", "elasticbeanstalk.amazonaws.com"}},
       R"(StringEquals":{"iam:AWSServiceName)",
       "elasticbeanstalk.amazonaws.com",
       "ec2.amazonaws.com"},
  };
  // The boundary that the call sets.
  for (const auto& [operation, parameters] : std::vector<std::pair<std::string, Parameters>>{
           {"CreateUser", {{"UserName", "new"}}},
           {"CreateRole", {{"RoleName", "new"}, {"AssumeRolePolicyDocument", trust}}},
           {"PutUserPermissionsBoundary", user},
           {"PutRolePermissionsBoundary", role}}) {
    cases.push_back({operation, With(parameters, {{"PermissionsBoundary", kOwn}}),
                     R"(StringEquals":{"iam:PermissionsBoundary)", kOwn, kReadOnly});
  }
  // The boundary that is there, on calls that change what the entity may do.
  for (const auto& [operation, parameters] : std::vector<std::pair<std::string, Parameters>>{
           {"AttachUserPolicy", With(user, {{"PolicyArn", kOther}})},
           {"DetachUserPolicy", With(user, {{"PolicyArn", kReadOnly}})},
           {"PutUserPolicy", With(user, {{"PolicyName", "n"}, {"PolicyDocument", good}})},
           {"DeleteUserPolicy", With(user, {{"PolicyName", "p"}})},
           {"DeleteUserPermissionsBoundary", user},
           {"AttachRolePolicy", With(role, {{"PolicyArn", kOther}})},
           {"DetachRolePolicy", With(role, {{"PolicyArn", kReadOnly}})},
           {"PutRolePolicy", With(role, {{"PolicyName", "n"}, {"PolicyDocument", good}})},
           {"DeleteRolePolicy", With(role, {{"PolicyName", "p"}})},
           {"DeleteRolePermissionsBoundary", role}}) {
    cases.push_back({operation, parameters, R"(StringEquals":{"iam:PermissionsBoundary)", kReadOnly, kOwn});
    if (operation.find("tach") != std::string::npos) {
      const std::string arn = parameters.back().second;
      cases.push_back({operation, parameters, R"(ArnEquals":{"iam:PolicyARN)", arn, kOwn});
    }
  }
  // Tags that the call sends, on an entity that has others, and tags that the entity has.
  for (const auto& [kind, parameters] : std::vector<std::pair<std::string, Parameters>>{
           {"User", user}, {"Role", role}, {"Policy", policy}, {"InstanceProfile", profile}}) {
    cases.push_back(
        {"Tag" + kind, With(parameters, tag), R"(StringEquals":{"aws:RequestTag/team)", "blue", "red"});
    cases.push_back({"Tag" + kind, With(parameters, tag), R"(ForAllValues:StringEquals":{"aws:TagKeys)",
                     "team", "other"});
    cases.push_back({"Untag" + kind, With(parameters, untag), R"(ForAllValues:StringEquals":{"aws:TagKeys)",
                     "spare", "other"});
    for (const std::string& operation :
         {"Tag" + kind, "Untag" + kind, "List" + kind + "Tags", "Get" + kind, "Delete" + kind}) {
      Parameters all = parameters;
      if (operation.starts_with("Tag")) all = With(all, tag);
      if (operation.starts_with("Untag")) all = With(all, untag);
      cases.push_back({operation, all, R"(StringEquals":{"aws:ResourceTag/owner)", "me", "you"});
      const bool both = kind == "User" || kind == "Role";
      if (both) cases.push_back({operation, all, R"(StringEquals":{"iam:ResourceTag/owner)", "me", "you"});
    }
  }
  cases.push_back({"CreateUser", With({{"UserName", "new"}}, tag), R"(StringEquals":{"aws:RequestTag/team)",
                   "blue", "red"});
  cases.push_back({"CreatePolicy", With({{"PolicyName", "new"}, {"PolicyDocument", good}}, tag),
                   R"(StringEquals":{"aws:RequestTag/team)", "blue", "red"});
  return cases;
}

void Fill(InProcessServer& server) {
  const auto must = [&](std::string_view operation, const Parameters& parameters) {
    server.Must(server.admin(), "iam", operation, parameters);
  };
  const std::string good = InProcessServer::Allow("s3:*");
  const Parameters tags = {{"Tags.member.1.Key", "owner"},
                           {"Tags.member.1.Value", "me"},
                           {"Tags.member.2.Key", "spare"},
                           {"Tags.member.2.Value", ""}};
  must("CreateGroup", {{"GroupName", "g"}});
  must("CreatePolicy", With({{"PolicyName", "own"}, {"PolicyDocument", good}}, tags));
  must("CreateUser", With({{"UserName", "bob"}, {"PermissionsBoundary", kReadOnly}}, tags));
  must("PutUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}, {"PolicyDocument", good}});
  must("AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", kReadOnly}});
  must("CreateRole",
       With({{"RoleName", "r"},
             {"PermissionsBoundary", kReadOnly},
             {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})")}},
            tags));
  must("PutRolePolicy", {{"RoleName", "r"}, {"PolicyName", "p"}, {"PolicyDocument", good}});
  must("AttachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", kReadOnly}});
  must("CreateInstanceProfile", With({{"InstanceProfileName", "ip"}}, tags));
}

// A refusal by policy is AccessDenied; what the handler says later (a delete conflict, say) is none.
TEST(ConditionKeys, AreSuppliedByTheOperationsThatHaveThem) {
  for (const KeyCase& one : Cases()) {
    // Each case has an account of its own: some change what the next would look at.
    InProcessServer server;
    Fill(server);
    const Signer caller = server.MakeUser("caller");
    for (const bool right : {false, true}) {
      SCOPED_TRACE(one.operation + " " + one.test + (right ? " right" : " wrong"));
      const std::string condition = "{\"" + one.test + "\":\"" + (right ? one.right : one.wrong) + "\"}}";
      server.Must(server.admin(), "iam", "PutUserPolicy",
                  {{"UserName", "caller"},
                   {"PolicyName", "p"},
                   {"PolicyDocument", InProcessServer::Allow("iam:*", "*", condition)}});
      const auto answer = server.Call(caller, "iam", one.operation, one.parameters);
      EXPECT_EQ(answer.Text("Code") == "AccessDenied", !right) << answer.body;
      EXPECT_NE(answer.status, 500);
    }
  }
}

}  // namespace
}  // namespace wardkeep::service
