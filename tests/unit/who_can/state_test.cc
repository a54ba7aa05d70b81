// Questions over an account as the server keeps it.
#include <gtest/gtest.h>

#include <memory>

#include "snapshot/account_edit.h"
#include "unit/snapshot/sample_entities.h"
#include "who_can/from_state.h"
#include "who_can/questions.h"

namespace wardkeep::who_can {
namespace {

namespace sample = snapshot::sample;

constexpr const char* kReads =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","iam:GetRole"],"Resource":"*"}]})";

snapshot::AccountStatePtr MakeState() {
  snapshot::AccountEdit edit(std::make_shared<const snapshot::AccountState>(
      std::make_shared<const entity::Account>(sample::Account())));
  entity::Group readers = sample::Group("AGPACKCEVSQ6C2EXAMPLE", "readers");
  readers.inline_policies = {{"reads", sample::Identity(kReads)}};
  edit.PutGroup(readers);
  entity::User ann = sample::User("AIDACKCEVSQ6C2EXAMPLE", "ann");
  ann.group_ids = {readers.id};
  ann.permissions_boundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  edit.PutUser(ann);
  entity::User bob = sample::User("AIDACKCEVSQ6C2EXAMPL2", "bob");
  bob.inline_policies = {{"broken", sample::Identity("no document")}};
  edit.PutUser(bob);
  edit.PutUser(sample::User("AIDACKCEVSQ6C2EXAMPL3", "cy"));
  entity::Role auditor = sample::Role("AROACKCEVSQ6C2EXAMPLE", "auditor");
  auditor.path = "/audit/";
  auditor.trust_policy = sample::Trust(
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"AIDACKCEVSQ6C2EXAMPL3"},)"
      R"("Action":"sts:AssumeRole"}]})");
  auditor.attached_policies = {"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"};
  edit.PutRole(auditor);
  return std::move(edit).Finish().state;
}

std::vector<std::string> Allowed(const AccountAccess& access, const AccessQuestion& question) {
  std::vector<std::string> arns;
  for (const Finding& found : WhoCan(access, question).allowed) arns.push_back(found.who->principal.arn);
  return arns;
}

using Arns = std::vector<std::string>;

TEST(StateQuestions, UsersRolesAndRootAreAsked) {
  const auto access = FromState(MakeState());
  EXPECT_EQ(access->account_id(), "123456789012");
  EXPECT_EQ(Allowed(*access, {.action = "s3:GetObject", .resource = "arn:aws:s3:::b/k"}),
            (Arns{"arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:user/ann",
                  "arn:aws:iam::123456789012:role/audit/auditor"}));
  // Group and boundary of ann have nothing else in common.
  EXPECT_EQ(Allowed(*access, {.action = "iam:GetRole", .resource = "arn:aws:iam::123456789012:role/x"}),
            (Arns{"arn:aws:iam::123456789012:root"}));
  const WhoCanAnswer answer = WhoCan(*access, {.action = "s3:GetObject", .resource = "arn:aws:s3:::b/k"});
  ASSERT_EQ(answer.unreadable.size(), 1U);
  EXPECT_EQ(answer.unreadable[0]->principal.arn, "arn:aws:iam::123456789012:user/bob");
}

// Trust policies are stored with unique ids.
TEST(StateQuestions, StoredTrustPoliciesAreUnderstood) {
  const auto access = FromState(MakeState());
  const AccountPrincipal* auditor = access->Find("arn:aws:iam::123456789012:role/audit/auditor");
  ASSERT_TRUE(auditor != nullptr && auditor->trust.has_value());
  const AccessQuestion question{.action = "sts:AssumeRole", .resource = auditor->principal.arn};
  ASSERT_NE(auditor->trust->policy, nullptr);
  EXPECT_EQ(Allowed(*access, question), (Arns{"arn:aws:iam::123456789012:user/cy"}));
}

}  // namespace
}  // namespace wardkeep::who_can
