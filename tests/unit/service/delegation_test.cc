// Delegation between two accounts, and in the course of time.
#include <gtest/gtest.h>

#include "base/time_text.h"
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
  // The other account takes requests of the first one.
  void SetUp() override { Accept(std::string(InProcessServer::kAccount)); }
  void Accept(const std::string& accounts) {
    server_.Must(decider_, "iam", "PutAccountProperties",
                 {{"Properties.entry.1.key", "WardkeepDelegation/AcceptFrom"},
                  {"Properties.entry.1.value", accounts}});
  }
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

// Nobody fills another account, and nobody learns which accounts there are.
TEST_F(Delegation, TakesRequestsOnlyOfAccountsThatItNamed) {
  const std::string unknown = "999999999999";
  const auto words = [&](std::string text, const std::string& account) {
    const std::size_t at = text.find(account);
    return at == std::string::npos ? text : text.replace(at, account.size(), "ACCOUNT");
  };
  for (const std::string& accounts : {std::string("none"), unknown, std::string("444455556666")}) {
    Accept(accounts);
    const std::string refused = Ask(requestor_, to_other_).Outcome();
    EXPECT_EQ(refused.substr(0, 12), "InvalidInput") << accounts;
    EXPECT_EQ(words(refused, std::string(InProcessServer::kOtherAccount)),
              words(Ask(requestor_, {{"OwnerAccountId", unknown}}).Outcome(), unknown));
  }
  for (const std::string& accounts :
       {std::string("*"), "999999999999," + std::string(InProcessServer::kAccount)}) {
    Accept(accounts);
    EXPECT_TRUE(Ask(requestor_, to_other_, "workflow-" + accounts).ok()) << accounts;
  }
  for (const char* bad : {"all", "1,2", "111122223333,", ",", "*,111122223333", "111122223333 "}) {
    EXPECT_EQ(server_
                  .Call(decider_, "iam", "PutAccountProperties",
                        {{"Properties.entry.1.key", "WardkeepDelegation/AcceptFrom"},
                         {"Properties.entry.1.value", bad}})
                  .Text("Code"),
              "InvalidInput")
        << bad;
  }
}

// A share of fifty, apart from the account's own requests; what is over makes room.
TEST_F(Delegation, GivesEachRequestorAShare) {
  std::string first;
  for (int i = 0; i < 50; ++i) {
    const std::string id = MakeRequest(requestor_, to_other_, "workflow-" + std::to_string(i));
    if (i == 0) first = id;
  }
  EXPECT_EQ(Ask(requestor_, to_other_, "workflow-more").Text("Code"), "LimitExceeded");
  EXPECT_TRUE(Ask(decider_, {}, "workflow-own").ok()) << "its own requests have room of their own";
  EXPECT_TRUE(Do(decider_, "Associate", first).ok());
  EXPECT_TRUE(Do(decider_, "Reject", first).ok());
  EXPECT_TRUE(Ask(requestor_, to_other_, "workflow-more").ok()) << "a rejected one is over";
  EXPECT_EQ(Ask(requestor_, to_other_, "workflow-again").Text("Code"), "LimitExceeded");
}

// Rejecting a finished request ends the credentials that were got with it, and what was made from them.
TEST_F(Delegation, CanBeRevokedWhenItIsFinished) {
  server_.Must(decider_, "iam", "CreateRole",
               {{"RoleName", "r"},
                {"AssumeRolePolicyDocument",
                 InProcessServer::Trust(R"({"AWS":"arn:aws:iam::444455556666:user/admin"})")}});
  server_.Must(requestor_, "iam", "CreatePolicy",
               {{"PolicyName", "t"}, {"PolicyDocument", InProcessServer::Allow("*")}});
  const Answer asked =
      server_.Call(requestor_, "iam", "CreateDelegationRequest",
                   {{"Description", "d"},
                    {"RequestorWorkflowId", "workflow"},
                    {"SessionDuration", "900"},
                    {"NotificationChannel", "arn:aws:sns:us-east-1:111122223333:t"},
                    {"OwnerAccountId", std::string(InProcessServer::kOtherAccount)},
                    {"Permissions.PolicyTemplateArn", "arn:aws:iam::111122223333:policy/t"}});
  ASSERT_TRUE(asked.ok()) << asked.body;
  const std::string id = asked.Text("DelegationRequestId");
  EXPECT_TRUE(Do(decider_, "Associate", id).ok());
  EXPECT_TRUE(Do(decider_, "Accept", id).ok());
  const std::string token = Token(decider_, id);
  const Signer delegated = InProcessServer::Session(Trade(requestor_, token));
  const Answer assumed =
      server_.Call(delegated, "sts", "AssumeRole",
                   {{"RoleArn", "arn:aws:iam::444455556666:role/r"}, {"RoleSessionName", "sess"}});
  ASSERT_TRUE(assumed.ok()) << assumed.body;
  const Signer role = InProcessServer::Session(assumed);
  EXPECT_EQ(server_.Call(role, "sts", "GetCallerIdentity").Outcome(), "ok");
  server_.clock.Advance(std::chrono::seconds(600));
  EXPECT_TRUE(Do(decider_, "Reject", id).ok());
  EXPECT_EQ(State(decider_, id), "REJECTED");
  EXPECT_EQ(Trade(requestor_, token).Text("Code"), "InvalidParameterValue");
  EXPECT_EQ(server_.Call(delegated, "sts", "GetCallerIdentity").Text("Code"), "InvalidClientTokenId");
  EXPECT_EQ(server_.Call(role, "sts", "GetCallerIdentity").Text("Code"), "InvalidClientTokenId");
}

// Trading the token again gives no younger session, and nothing made from one outlives the token.
TEST_F(Delegation, CannotBeRenewed) {
  const std::string id = MakeRequest(requestor_);
  EXPECT_TRUE(Do(requestor_, "Associate", id).ok());
  EXPECT_TRUE(Do(requestor_, "Accept", id).ok());
  const std::string token = Token(requestor_, id);
  server_.clock.Advance(std::chrono::seconds(300));
  server_.Must(
      requestor_, "iam", "PutUserPolicy",
      {{"UserName", "admin"},
       {"PolicyName", "revoke"},
       {"PolicyDocument",
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":)"
        R"({"DateLessThan":{"aws:TokenIssueTime":")" +
            base::FormatIso8601(server_.clock.Now()) + R"("}}}]})"}});
  server_.clock.Advance(std::chrono::seconds(10));
  const Signer late = InProcessServer::Session(Trade(requestor_, token));
  EXPECT_EQ(server_.Call(late, "iam", "ListUsers").Text("Code"), "AccessDenied");
}

}  // namespace
}  // namespace wardkeep::service
