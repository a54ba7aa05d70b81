// Delegation between two accounts, and in the course of time.
#include <gtest/gtest.h>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Parameters;
using in_process::Signer;
using std::chrono::hours;

constexpr std::string_view kTemplate = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

class Delegation : public testing::Test {
 protected:
  Answer Ask(const Signer& signer, Parameters more = {}, std::string workflow = "workflow") {
    Parameters parameters = {{"Description", "d"},
                             {"RequestorWorkflowId", std::move(workflow)},
                             {"NotificationChannel", "arn:aws:sns:us-east-1:111122223333:t"},
                             {"SessionDuration", "900"},
                             {"Permissions.PolicyTemplateArn", std::string(kTemplate)}};
    parameters.insert(parameters.end(), more.begin(), more.end());
    return server_.Call(signer, "iam", "CreateDelegationRequest", parameters);
  }
  std::string MakeRequest(const Signer& signer, Parameters more = {}, std::string workflow = "workflow") {
    const Answer answer = Ask(signer, std::move(more), std::move(workflow));
    EXPECT_TRUE(answer.ok()) << answer.body;
    return answer.Text("DelegationRequestId");
  }
  Answer Do(const Signer& signer, std::string_view operation, const std::string& id) {
    return server_.Call(signer, "iam", std::string(operation) + "DelegationRequest",
                        {{"DelegationRequestId", id}});
  }
  std::string State(const Signer& signer, const std::string& id) {
    return Do(signer, "Get", id).Text("State");
  }
  std::string Token(const Signer& signer, const std::string& id) {
    const Answer answer = server_.Must(signer, "iam", "SendDelegationToken", {{"DelegationRequestId", id}});
    for (const auto& [name, value] : answer.headers) {
      if (name == "x-wardkeep-delegation-token") return value;
    }
    return {};
  }
  Answer Trade(const Signer& signer, const std::string& token) {
    return server_.Call(signer, "sts", "GetDelegatedAccessToken", {{"TradeInToken", token}});
  }

  InProcessServer server_;
  const Signer requestor_ = server_.admin();
  const Signer decider_ = server_.other_admin();
  const Parameters to_other_ = {{"OwnerAccountId", std::string(InProcessServer::kOtherAccount)}};
};

TEST_F(Delegation, GivesTheRequestorAccessToTheOtherAccount) {
  const std::string before = server_.StoredDocuments();
  const std::string id = MakeRequest(requestor_, to_other_);
  EXPECT_EQ(server_.StoredDocuments(), before) << "the request lives in the account that decides";
  EXPECT_EQ(Do(requestor_, "Get", id).Text("Code"), "NoSuchEntity");
  EXPECT_EQ(Do(requestor_, "Associate", id).Text("Code"), "NoSuchEntity");
  const Answer seen = Do(decider_, "Get", id);
  EXPECT_EQ(seen.Text("RequestorId"), InProcessServer::kAccount);
  EXPECT_EQ(seen.Text("OwnerAccountId"), InProcessServer::kOtherAccount);
  EXPECT_TRUE(Do(decider_, "Associate", id).ok());
  EXPECT_TRUE(Do(decider_, "Accept", id).ok());
  const std::string token = Token(decider_, id);
  EXPECT_EQ(Trade(decider_, token).Text("Code"), "InvalidParameterValue") << "it is the requestor's to trade";
  const Answer traded = Trade(requestor_, token);
  ASSERT_TRUE(traded.ok()) << traded.body;
  const Signer delegated = InProcessServer::Session(traded);
  EXPECT_EQ(server_.Call(delegated, "sts", "GetCallerIdentity").Text("Account"),
            InProcessServer::kOtherAccount);
  EXPECT_TRUE(server_.Call(delegated, "iam", "ListUsers").ok());
  EXPECT_EQ(server_.Call(delegated, "iam", "CreateUser", {{"UserName", "x"}}).Text("Code"), "AccessDenied");
}

// Who may create must be allowed in the own account, wherever the request goes.
TEST_F(Delegation, NeedsPermissionToAskAnotherAccount) {
  const Signer nobody = server_.MakeUser("nobody");
  EXPECT_EQ(Ask(nobody, to_other_).Text("Code"), "AccessDenied");
  const Signer asker = server_.MakeUser("asker", InProcessServer::Allow("iam:CreateDelegationRequest"));
  EXPECT_TRUE(Ask(asker, to_other_).ok());
}

TEST_F(Delegation, CredentialsEndWithTheTokenAndWithTheApprover) {
  const std::string id = MakeRequest(requestor_);
  const Signer approver = server_.MakeUser("approver", InProcessServer::Allow("*"));
  EXPECT_TRUE(Do(approver, "Associate", id).ok());
  EXPECT_TRUE(Do(approver, "Accept", id).ok());
  const std::string token = Token(approver, id);
  const Signer delegated = InProcessServer::Session(Trade(requestor_, token));
  EXPECT_TRUE(server_.Call(delegated, "iam", "ListUsers").ok());
  server_.clock.Advance(std::chrono::seconds(600));
  const Signer late = InProcessServer::Session(Trade(requestor_, token));
  EXPECT_TRUE(server_.Call(late, "iam", "ListUsers").ok());
  server_.Must(requestor_, "iam", "DeleteUserPolicy", {{"UserName", "approver"}, {"PolicyName", "p"}});
  EXPECT_EQ(server_.Call(late, "iam", "ListUsers").Text("Code"), "AccessDenied")
      << "the approver may no more";
  server_.Must(
      requestor_, "iam", "PutUserPolicy",
      {{"UserName", "approver"}, {"PolicyName", "p"}, {"PolicyDocument", InProcessServer::Allow("*")}});
  server_.clock.Advance(std::chrono::seconds(301));
  EXPECT_EQ(server_.Call(late, "iam", "ListUsers").Text("Code"), "ExpiredToken");
  EXPECT_EQ(Trade(requestor_, token).Text("Code"), "ExpiredTradeInTokenException");
}

// A day to be claimed, a week for each later state; another week to be looked at.
TEST_F(Delegation, Expires) {
  const std::string first = MakeRequest(requestor_, {}, "workflow-1");
  const std::string second = MakeRequest(requestor_, {}, "workflow-2");
  server_.clock.Advance(hours(23));
  EXPECT_TRUE(Do(requestor_, "Associate", second).ok());
  server_.clock.Advance(hours(1));
  EXPECT_EQ(State(requestor_, first), "EXPIRED");
  EXPECT_EQ(State(requestor_, second), "ASSIGNED");
  EXPECT_EQ(Do(requestor_, "Associate", first).Text("Code"), "InvalidInput");
  server_.clock.Advance(hours(24 * 6));
  EXPECT_EQ(State(requestor_, second), "ASSIGNED");
  EXPECT_TRUE(Do(requestor_, "Accept", second).ok());
  server_.clock.Advance(hours(24));
  EXPECT_EQ(Do(requestor_, "Get", first).Text("Code"), "NoSuchEntity");
  EXPECT_NE(server_.StoredDocuments().find(first), std::string::npos);
  MakeRequest(requestor_, {}, "workflow-3");
  EXPECT_EQ(server_.StoredDocuments().find(first), std::string::npos) << "the next request clears it away";
  server_.clock.Advance(hours(24 * 6));
  EXPECT_EQ(State(requestor_, second), "EXPIRED");
}

// A session of the owner that is limited by its own policy has no owner's rights.
TEST_F(Delegation, ALimitedSessionOfTheOwnerIsNotTheOwner) {
  const std::string id = MakeRequest(requestor_);
  EXPECT_TRUE(Do(requestor_, "Associate", id).ok());
  EXPECT_TRUE(Do(requestor_, "Accept", id).ok());
  const Signer delegated = InProcessServer::Session(Trade(requestor_, Token(requestor_, id)));
  EXPECT_EQ(Do(delegated, "Update", id).Text("Code"), "AccessDenied");
  const Signer user = server_.MakeUser("user", InProcessServer::Allow("iam:AssociateDelegationRequest"));
  const std::string owned = MakeRequest(requestor_, {}, "workflow-2");
  EXPECT_TRUE(Do(user, "Associate", owned).ok());
  EXPECT_TRUE(Do(user, "Update", owned).ok());
}

}  // namespace
}  // namespace wardkeep::service
