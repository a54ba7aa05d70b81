// Lists are complete and in order however they are cut into pages, and every marker can be sent back.
#include <gtest/gtest.h>

#include <algorithm>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Parameters;

constexpr std::size_t kMaxMarker = 320;  // characters, by the model

// All pages of `size` entries of a list, the texts of one element joined.
std::vector<std::string> ReadAll(InProcessServer& server, const std::string& operation, Parameters parameters,
                                 std::string_view element, int size) {
  std::vector<std::string> all;
  parameters.emplace_back("MaxItems", std::to_string(size));
  for (Parameters page = parameters;;) {
    const Answer answer = server.Call(server.admin(), "iam", operation, page);
    EXPECT_EQ(answer.Outcome(), "ok") << operation;
    for (const std::string& text : answer.Texts(element)) all.push_back(text);
    const std::string marker = answer.Text("Marker");
    EXPECT_EQ(answer.Text("IsTruncated"), marker.empty() ? "false" : "true");
    EXPECT_LE(marker.size(), kMaxMarker) << operation;
    if (marker.empty() || !answer.ok() || all.size() > 5000) return all;
    page = parameters;
    page.emplace_back("Marker", marker);
  }
}

struct ListCase {
  std::string name;
  std::string operation;
  Parameters parameters;
  std::string element;
  std::size_t count;
};

class Paging : public testing::Test {
 protected:
  // Names and paths as long as they may be, so that the keys behind the markers are.
  void Fill() {
    server_.Must(server_.admin(), "iam", "CreateUser", {{"UserName", "bob"}});
    server_.Must(
        server_.admin(), "iam", "CreateRole",
        {{"RoleName", "r"},
         {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})")}});
    for (const char letter : {'b', 'A', 'c'}) {
      const std::string name = std::string(120, 'x') + letter;
      server_.Must(server_.admin(), "iam", "CreatePolicy",
                   {{"PolicyName", name},
                    {"Path", "/" + std::string(500, 'p') + "/"},
                    {"PolicyDocument", InProcessServer::Allow("s3:*")}});
      const std::string arn = "arn:aws:iam::111122223333:policy/" + std::string(500, 'p') + "/" + name;
      server_.Must(server_.admin(), "iam", "AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", arn}});
      server_.Must(
          server_.admin(), "iam", "PutUserPolicy",
          {{"UserName", "bob"}, {"PolicyName", name}, {"PolicyDocument", InProcessServer::Allow("s3:*")}});
      server_.Must(server_.admin(), "iam", "CreateGroup", {{"GroupName", name}});
      server_.Must(server_.admin(), "iam", "AddUserToGroup", {{"GroupName", name}, {"UserName", "bob"}});
      server_.Must(server_.admin(), "iam", "CreateInstanceProfile", {{"InstanceProfileName", name}});
    }
    for (const char* tail : {"a", "b", "c"}) {
      std::string key;
      for (int i = 0; i < 127; ++i) key += "\u4e2d";
      server_.Must(server_.admin(), "iam", "TagUser",
                   {{"UserName", "bob"}, {"Tags.member.1.Key", key + tail}, {"Tags.member.1.Value", tail}});
    }
    server_.Must(server_.admin(), "iam", "AttachUserPolicy",
                 {{"UserName", "bob"}, {"PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}});
  }

  InProcessServer server_;
};

TEST_F(Paging, OneEntryAtATimeGivesTheWholeListAndMarkersFit) {
  Fill();
  const std::vector<ListCase> cases = {
      {"attached", "ListAttachedUserPolicies", {{"UserName", "bob"}}, "PolicyArn", 4},
      {"inline", "ListUserPolicies", {{"UserName", "bob"}}, "member", 3},
      {"tags", "ListUserTags", {{"UserName", "bob"}}, "Key", 3},
      {"groups", "ListGroups", {}, "GroupName", 3},
      {"groups of user", "ListGroupsForUser", {{"UserName", "bob"}}, "GroupName", 3},
      {"profiles", "ListInstanceProfiles", {}, "InstanceProfileName", 3},
      {"users", "ListUsers", {}, "UserName", 2},
      {"own policies", "ListPolicies", {{"Scope", "Local"}}, "PolicyName", 3},
      {"attached policies", "ListPolicies", {{"OnlyAttached", "true"}}, "PolicyName", 4},
      {"details", "GetAccountAuthorizationDetails", {}, "Arn", 2 + 3 + 1 + 3 + 1},
  };
  for (const ListCase& list : cases) {
    SCOPED_TRACE(list.name);
    const auto whole = ReadAll(server_, list.operation, list.parameters, list.element, 1000);
    EXPECT_EQ(whole.size(), list.count);
    EXPECT_EQ(ReadAll(server_, list.operation, list.parameters, list.element, 1), whole);
    EXPECT_EQ(ReadAll(server_, list.operation, list.parameters, list.element, 2), whole);
  }
}

// More than a thousand entries of which some may share a name: none is lost at the border of a page.
TEST_F(Paging, ManagedPoliciesOfAwsAreTheSameInPagesOfAnySize) {
  const auto whole = ReadAll(server_, "ListPolicies", {{"Scope", "AWS"}}, "Arn", 1000);
  EXPECT_GT(whole.size(), 1000U);
  auto unique = whole;
  std::sort(unique.begin(), unique.end());
  EXPECT_EQ(std::unique(unique.begin(), unique.end()), unique.end());
  EXPECT_EQ(ReadAll(server_, "ListPolicies", {{"Scope", "AWS"}}, "Arn", 333), whole);
}

// A marker works for the list it came from: same operation, same filters, same account.
TEST_F(Paging, AMarkerIsBoundToItsList) {
  Fill();
  const std::string marker =
      server_.Must(server_.admin(), "iam", "ListGroups", {{"MaxItems", "1"}}).Text("Marker");
  ASSERT_FALSE(marker.empty());
  EXPECT_TRUE(server_.Call(server_.admin(), "iam", "ListGroups", {{"Marker", marker}}).ok());
  const std::string refusal = "ValidationError: Invalid Marker.";
  EXPECT_EQ(server_.Call(server_.admin(), "iam", "ListGroups", {{"Marker", marker}, {"PathPrefix", "/a"}})
                .Outcome(),
            refusal);
  EXPECT_EQ(server_.Call(server_.admin(), "iam", "ListUsers", {{"Marker", marker}}).Outcome(), refusal);
  EXPECT_EQ(server_.Call(server_.other_admin(), "iam", "ListGroups", {{"Marker", marker}}).Outcome(),
            refusal);
  EXPECT_EQ(server_.Call(server_.admin(), "iam", "ListGroups", {{"Marker", "AAAA"}}).Outcome(), refusal);
}

}  // namespace
}  // namespace wardkeep::service
