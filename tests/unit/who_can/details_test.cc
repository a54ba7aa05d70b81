// Questions over the answer of GetAccountAuthorizationDetails: groups, boundaries, trust policies, tags, what
// is missing and what cannot be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "wardkeep/parse.h"
#include "who_can/from_details.h"
#include "who_can/question_check.h"
#include "who_can/questions.h"

namespace wardkeep::who_can {
namespace {

constexpr const char* kArn = "arn:aws:iam::111122223333:";

std::string Document(const std::string& statement) {
  return R"({"Version":"2012-10-17","Statement":[{)" + statement + "}]}";
}

std::string Allow(const std::string& action, const std::string& resource, const std::string& more = "") {
  return Document(R"("Effect":"Allow","Action":")" + action + R"(","Resource":")" + resource + "\"" + more);
}

std::string Inline(const std::string& list, const std::string& name, const std::string& document) {
  return "\"" + list + R"(":[{"PolicyName":")" + name + R"(","PolicyDocument":)" + document + "}]";
}

std::string Named(const std::string& kind, const std::string& name, const std::string& more) {
  const std::string folded = kind == "Role" ? "role/" : kind == "User" ? "user/" : "group/";
  return "{\"" + kind + R"(Name":")" + name + "\",\"" + kind + R"(Id":"A)" + name + R"(","Arn":")" + kArn +
         folded + name + "\"" + (more.empty() ? "" : ",") + more + "}";
}

std::string Attached(const std::string& arn) {
  return R"("AttachedManagedPolicies":[{"PolicyName":"p","PolicyArn":")" + arn + "\"}]";
}

std::string Details() {
  const std::string own = std::string(kArn) + "policy/reads";
  const std::string trust = Document(
      R"("Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/bob"},"Action":"sts:AssumeRole")");
  const std::string by_tag = Allow("s3:GetObject", "arn:aws:s3:::tagged/*",
                                   R"(,"Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}})");
  const std::string from_home = Allow("s3:GetObject", "arn:aws:s3:::home/*",
                                      R"(,"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}})");
  const std::string users =
      Named("User", "ann", R"("GroupList":["readers"],"Tags":[{"Key":"team","Value":"blue"}])") + "," +
      Named("User", "bob", Inline("UserPolicyList", "tags", by_tag)) + "," +
      Named("User", "cat",
            R"("GroupList":["readers"],"PermissionsBoundary":{"PermissionsBoundaryArn":")" + own + "\"}") +
      "," + Named("User", "dan", Attached("arn:aws:iam::111122223333:policy/gone")) + "," +
      Named("User", "eve", Attached("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")) + "," +
      Named("User", "fay", Inline("UserPolicyList", "home", from_home));
  const std::string roles = Named("Role", "auditor",
                                  R"("AssumeRolePolicyDocument":)" + trust + "," + Attached(own) +
                                      R"(,"Tags":[{"Key":"level","Value":"9"}])");
  const std::string groups =
      Named("Group", "readers",
            Inline("GroupPolicyList", "all", Allow("s3:*", "*")) + R"(,"AttachedManagedPolicies":[])");
  const std::string policies =
      R"({"PolicyName":"reads","Arn":")" + own +
      R"(","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":false,"Document":)" + Allow("*", "*") +
      R"(},{"VersionId":"v2","IsDefaultVersion":true,"Document":")" +
      // As the API sends it.
      "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%"
      "22%3A"
      "%22s3%3AGet%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D\"}]}";
  return R"({"UserDetailList":[)" + users + R"(],"RoleDetailList":[)" + roles + R"(],"GroupDetailList":[)" +
         groups + R"(],"Policies":[)" + policies + "]}";
}

class DetailsQuestions : public testing::Test {
 protected:
  void SetUp() override {
    auto read = FromDetails(Details());
    ASSERT_TRUE(read.has_value()) << read.error().message;
    access_ = std::move(*read);
  }

  static std::string ShortName(const AccountPrincipal& who) { return who.principal.arn.substr(26); }

  std::vector<std::string> Allowed(const AccessQuestion& question) {
    std::vector<std::string> names;
    for (const Finding& found : WhoCan(*access_, question).allowed) {
      names.push_back(ShortName(*found.who) + (found.policy.empty() ? "" : " by " + found.policy));
    }
    return names;
  }

  std::unique_ptr<const AccountAccess> access_;
};

using Names = std::vector<std::string>;

TEST_F(DetailsQuestions, GroupsBoundariesAndManagedPoliciesCount) {
  EXPECT_EQ(Allowed({.action = "s3:GetObject",
                     .resource = "arn:aws:s3:::bucket/key",
                     .resource_account = "111122223333"}),
            (Names{"root", "user/ann by readers/all", "user/cat by readers/all",
                   "user/eve by arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
                   "role/auditor by arn:aws:iam::111122223333:policy/reads"}));
  // The boundary of cat and the default version of `reads` stop at Get*.
  EXPECT_EQ(Allowed({.action = "s3:PutObject",
                     .resource = "arn:aws:s3:::bucket/key",
                     .resource_account = "111122223333"}),
            (Names{"root", "user/ann by readers/all"}));
}

TEST_F(DetailsQuestions, TheTrustPolicyOfARoleDecidesWhoAssumesIt) {
  const AccessQuestion question{.action = "sts:AssumeRole", .resource = std::string(kArn) + "role/auditor"};
  EXPECT_EQ(Allowed(question), (Names{"user/bob by resource policy"}));
}

TEST_F(DetailsQuestions, MissingKeysAreNamedAndMayBeGiven) {
  AccessQuestion question{.action = "s3:GetObject", .resource = "arn:aws:s3:::home/key"};
  const WhoCanAnswer answer = WhoCan(*access_, question);
  ASSERT_EQ(answer.depends.size(), 1U);
  EXPECT_EQ(ShortName(*answer.depends[0].who), "user/fay");
  EXPECT_EQ(answer.depends[0].missing_context_keys, Names{"aws:SourceIp"});
  question.context = {{"aws:SourceIp", "203.0.113.9"}};
  const Names now = Allowed(question);
  EXPECT_NE(std::find(now.begin(), now.end(), "user/fay by home"), now.end());
}

TEST_F(DetailsQuestions, APolicyOfTheResourceCounts) {
  std::string text = Allow("s3:GetObject", "arn:aws:s3:::shared/*");
  text.insert(text.find(R"("Action")"), R"("Principal":{"AWS":"arn:aws:iam::111122223333:user/bob"},)");
  const auto parsed = policy::ParseDocument(text, policy::DocumentKind::kResource);
  ASSERT_TRUE(parsed.document);
  const policy::PolicyPtr compiled = policy::Compile(*parsed.document);
  const Names now = Allowed(
      {.action = "s3:GetObject", .resource = "arn:aws:s3:::shared/key", .resource_policy = compiled.get()});
  EXPECT_NE(std::find(now.begin(), now.end(), "user/bob by resource policy"), now.end());
}

TEST_F(DetailsQuestions, WhoHasAPolicyThatIsNotThereIsNotGuessedAt) {
  const WhoCanAnswer answer = WhoCan(*access_, {.action = "s3:GetObject", .resource = "arn:aws:s3:::b/k"});
  ASSERT_EQ(answer.unreadable.size(), 1U);
  EXPECT_EQ(ShortName(*answer.unreadable[0]), "user/dan");
}

TEST_F(DetailsQuestions, TagsOfAUserThatIsAskedAboutAreKeys) {
  const AccountPrincipal* ann = access_->Find(std::string(kArn) + "user/ann");
  ASSERT_NE(ann, nullptr);
  EXPECT_EQ(ann->context.Find("aws:PrincipalTag/team")->values.front(), "blue");
}

TEST_F(DetailsQuestions, WhatOnePrincipalMayDo) {
  const AccountPrincipal* auditor = access_->Find(std::string(kArn) + "role/auditor");
  ASSERT_NE(auditor, nullptr);
  const AccessQuestion question{.resource = "arn:aws:s3:::bucket/key", .resource_account = "111122223333"};
  const Names actions = ActionsFor(question.resource);
  EXPECT_GT(actions.size(), 100U);
  const std::vector<std::size_t> allowed = WhatCan(*access_, *auditor, question, actions).allowed;
  EXPECT_FALSE(allowed.empty());
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const bool is_allowed = std::find(allowed.begin(), allowed.end(), i) != allowed.end();
    EXPECT_EQ(is_allowed, actions[i].starts_with("s3:Get")) << actions[i];
  }
}

// The answers are the decisions: one by one, without batch, index or sharing.
TEST_F(DetailsQuestions, AgreeWithSingleDecisions) {
  for (const char* action : {"s3:GetObject", "s3:PutObject", "iam:GetUser", "sts:AssumeRole"}) {
    for (const std::string resource : {"arn:aws:s3:::bucket/key", "arn:aws:s3:::tagged/x", "*"}) {
      const AccessQuestion question{.action = action, .resource = resource};
      const WhoCanAnswer answer = WhoCan(*access_, question);
      for (const AccountPrincipal& who : access_->principals()) {
        const bool listed = std::any_of(answer.allowed.begin(), answer.allowed.end(),
                                        [&](const Finding& found) { return found.who == &who; });
        policy::Request request;
        request.principal = who.principal;
        request.action = action;
        request.resource = resource;
        request.resource_account = "111122223333";
        request.context = who.context;
        policy::PolicySet set;
        std::vector<const policy::CompiledPolicy*> identity;
        for (const NamedPolicy& named : who.identity) identity.push_back(named.policy);
        const policy::CompiledPolicy* boundary[] = {who.boundary ? who.boundary->policy : nullptr};
        if (who.is_unreadable) continue;
        set.identity = identity;
        if (who.boundary) set.permissions_boundary = policy::PolicySet::Policies(boundary);
        EXPECT_EQ(listed, policy::Evaluate(request, set).allowed()) << action << resource << ShortName(who);
      }
    }
  }
}

std::string OneUser(const std::string& document) {
  return R"({"UserDetailList":[)" + Named("User", "ann", Inline("UserPolicyList", "p", document)) + "]}";
}

// What AWS owns, and what names no account, is asked about as by a principal of the account.
TEST(Details, WhatAwsOwnsIsNoForeignAccount) {
  const auto access = FromDetails(OneUser(Allow("*", "*")));
  ASSERT_TRUE(access.has_value());
  const std::vector<std::pair<std::string, std::string>> asked = {
      {"iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"},
      {"iam:GetPolicyVersion", "arn:aws:iam::aws:policy/job-function/Billing"},
      {"ram:GetPermission", "arn:aws:ram::aws:permission/x"},
      {"s3:GetObject", "arn:aws:s3:::bucket/key"},
  };
  for (const auto& [action, resource] : asked) {
    EXPECT_EQ(WhoCan(**access, {.action = action, .resource = resource}).allowed.size(), 2U) << action;
    const std::vector<std::string> actions = {action};
    const AccountPrincipal* ann = (*access)->Find(std::string(kArn) + "user/ann");
    EXPECT_EQ(WhatCan(**access, *ann, {.resource = resource}, actions).allowed.size(), 1U) << action;
  }
  // Nobody changes them.
  EXPECT_TRUE(
      WhoCan(**access, {.action = "iam:DeletePolicy", .resource = asked.front().second}).allowed.empty());
}

// Whether users may change their own passwords is not in the file, nor who made a delegation request.
TEST(Details, FactsThatAreNotInTheFileAreNamed) {
  const auto access = FromDetails(OneUser(Allow("s3:*", "*")));
  ASSERT_TRUE(access.has_value());
  const std::string ann = std::string(kArn) + "user/ann";
  const WhoCanAnswer own = WhoCan(**access, {.action = "iam:ChangePassword", .resource = ann});
  ASSERT_EQ(own.depends.size(), 1U);
  EXPECT_EQ(own.depends[0].missing_facts, std::vector<std::string>{"AllowUsersToChangePassword"});
  EXPECT_TRUE(WhoCan(**access, {.action = "iam:ChangePassword", .resource = ann + "2"}).depends.empty());
  const std::string request = std::string(kArn) + "delegation-request/dr-1";
  const WhoCanAnswer owned = WhoCan(**access, {.action = "iam:RejectDelegationRequest", .resource = request});
  ASSERT_EQ(owned.depends.size(), 1U);
  EXPECT_EQ(owned.depends[0].missing_facts, std::vector<std::string>{"owner of the resource"});
  const std::vector<std::string> actions = {"iam:ChangePassword", "iam:GetUser", "s3:ListAllMyBuckets"};
  const WhatCanAnswer what = WhatCan(**access, *(*access)->Find(ann), {.resource = ann}, actions);
  EXPECT_EQ(what.allowed, std::vector<std::size_t>{2});
  EXPECT_EQ(what.undecided, std::vector<std::size_t>{0});
}

TEST(Details, OnePageOfSeveralIsRefused) {
  const std::string whole = OneUser(Allow("*", "*"));
  const std::string start = whole.substr(0, whole.size() - 1);
  for (const char* more : {R"(,"IsTruncated":true,"Marker":"m"})", R"(,"IsTruncated":true})",
                           R"(,"Marker":"m"})", R"(,"NextToken":"n"})", R"(,"IsTruncated":"true"})"}) {
    EXPECT_FALSE(FromDetails(start + more).has_value()) << more;
  }
  EXPECT_TRUE(FromDetails(start + R"(,"IsTruncated":false})").has_value());
  EXPECT_TRUE(FromDetails(start + R"(,"IsTruncated":false,"Marker":null})").has_value());
}

TEST(QuestionCheck, RefusesPatternsAndUnknownNames) {
  for (const char* wrong : {"iam:Get*", "iam:*", "*", "iam:Get?ser", "iam:GetUzer", "GetUser",
                            "iam:", ":GetUser", "nosuch:GetUser", "i*:GetUser", ""}) {
    EXPECT_TRUE(WrongAction(wrong).has_value()) << wrong;
  }
  for (const char* right : {"iam:GetUser", "IAM:getuser", "s3:ListBucket", "sts:GetCallerIdentity"}) {
    EXPECT_FALSE(WrongAction(right).has_value()) << right;
  }
  EXPECT_TRUE(WrongResource("arn:aws:s3:::bucket/*").has_value());
  EXPECT_TRUE(WrongResource("bucket").has_value());
  EXPECT_FALSE(WrongResource("*").has_value());
  EXPECT_FALSE(WrongResource("arn:aws:iam::aws:policy/ReadOnlyAccess").has_value());
}

TEST(Details, ATrustPolicyThatIsNotOneLetsNobodyIn) {
  const auto access = FromDetails(
      R"({"RoleDetailList":[{"Arn":"arn:aws:iam::111122223333:role/r","AssumeRolePolicyDocument":{"Statement":7}}]})");
  ASSERT_TRUE(access.has_value());
  AccessQuestion question;
  question.action = "sts:AssumeRole";
  question.resource = "arn:aws:iam::111122223333:role/r";
  const WhoCanAnswer answer = WhoCan(**access, question);
  EXPECT_TRUE(answer.is_resource_unreadable);
  EXPECT_TRUE(answer.allowed.empty());
  question.action = "iam:GetRole";
  EXPECT_FALSE(WhoCan(**access, question).is_resource_unreadable);
}

TEST(Details, WhatIsNoAnswerIsRefused) {
  for (const char* text : {"", "[]", "{}", "{\"UserDetailList\":7}", R"({"UserDetailList":[{"Arn":"x"}]})",
                           R"({"UserDetailList":[{"Arn":"arn:aws:iam::111122223333:user/a"},)"
                           R"({"Arn":"arn:aws:iam::444455556666:user/b"}]})"}) {
    EXPECT_FALSE(FromDetails(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace wardkeep::who_can
