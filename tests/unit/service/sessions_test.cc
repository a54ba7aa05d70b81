// What each kind of session may call, how long it lives, and what it hands on (policy-semantics section 5).
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Parameters;
using in_process::Signer;

const std::string kFullSession = InProcessServer::Allow("*");

class Sessions : public testing::Test {
 protected:
  void SetUp() override {
    MakeRole("r");
    MakeRole("q");
  }
  void MakeRole(const std::string& name) {
    server_.Must(server_.admin(), "iam", "CreateRole",
                 {{"RoleName", name},
                  {"MaxSessionDuration", "7200"},
                  {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"AWS":"111122223333"})")}});
    server_.Must(server_.admin(), "iam", "AttachRolePolicy",
                 {{"RoleName", name}, {"PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}});
  }
  Signer Issue(const Signer& caller, const std::string& operation, const Parameters& parameters) {
    return InProcessServer::Session(server_.Must(caller, "sts", operation, parameters));
  }
  static Parameters Role(const std::string& name, Parameters more = {}) {
    more.insert(more.begin(),
                {{"RoleArn", "arn:aws:iam::111122223333:role/" + name}, {"RoleSessionName", "sess"}});
    return more;
  }
  std::string Outcome(const Signer& caller, const std::string& operation, const Parameters& parameters = {}) {
    return server_.Call(caller, operation == "ListUsers" ? "iam" : "sts", operation, parameters).Outcome();
  }
  int Lifetime(const Signer& caller, const std::string& operation, const Parameters& parameters) {
    const Answer answer = server_.Must(caller, "sts", operation, parameters);
    const auto expires = base::ParseIso8601(answer.Text("Expiration"));
    return expires
               ? static_cast<int>(base::ToUnixSeconds(*expires) - base::ToUnixSeconds(server_.clock.Now()))
               : -1;
  }

  InProcessServer server_;
};

TEST_F(Sessions, CallOnlyWhatTheirKindMay) {
  const std::string token = "InvalidClientTokenId: The security token included in the request is invalid";
  const Signer role = Issue(server_.admin(), "AssumeRole", Role("r"));
  const Signer user = Issue(server_.admin(), "GetSessionToken", {});
  const Signer federated =
      Issue(server_.admin(), "GetFederationToken", {{"Name", "fed"}, {"Policy", kFullSession}});
  const Signer root = Issue(server_.root(), "GetSessionToken", {});
  const std::string no_token = "AccessDenied: Cannot call GetSessionToken with session credentials";
  const std::string no_federation = "AccessDenied: Cannot call GetFederationToken with session credentials";
  struct Case {
    std::string name;
    const Signer& caller;
    std::string iam, assume, session_token, federation, identity;
  };
  const Case cases[] = {
      {"role session", role, "ok", "ok", no_token, no_federation,
       "arn:aws:sts::111122223333:assumed-role/r/sess"},
      {"session of a user", user, token, "ok", no_token, no_federation,
       "arn:aws:iam::111122223333:user/admin"},
      {"federated user", federated, token, "AccessDenied: Cannot call AssumeRole with session credentials",
       no_token, no_federation, "arn:aws:sts::111122223333:federated-user/fed"},
      {"session of root", root, token, "AccessDenied: Roles may not be assumed by root accounts.", no_token,
       no_federation, "arn:aws:iam::111122223333:root"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_EQ(Outcome(one.caller, "ListUsers"), one.iam);
    EXPECT_EQ(Outcome(one.caller, "AssumeRole", Role("q")), one.assume);
    EXPECT_EQ(Outcome(one.caller, "GetSessionToken"), one.session_token);
    EXPECT_EQ(Outcome(one.caller, "GetFederationToken", {{"Name", "again"}}), one.federation);
    EXPECT_EQ(server_.Must(one.caller, "sts", "GetCallerIdentity").Text("Arn"), one.identity);
  }
}

TEST_F(Sessions, LiveAsLongAsTheirKindMay) {
  const Signer chained = Issue(server_.admin(), "AssumeRole", Role("r"));
  struct Case {
    std::string name;
    const Signer& caller;
    std::string operation;
    Parameters parameters;
    int seconds;
  };
  const Case cases[] = {
      {"role", server_.admin(), "AssumeRole", Role("r"), 3600},
      {"role longer", server_.admin(), "AssumeRole", Role("r", {{"DurationSeconds", "7200"}}), 7200},
      {"chained", chained, "AssumeRole", Role("q"), 3600},
      {"user", server_.admin(), "GetSessionToken", {}, 43200},
      {"user longest", server_.admin(), "GetSessionToken", {{"DurationSeconds", "129600"}}, 129600},
      {"root", server_.root(), "GetSessionToken", {}, 3600},
      {"root cut", server_.root(), "GetSessionToken", {{"DurationSeconds", "43200"}}, 3600},
      {"root short", server_.root(), "GetSessionToken", {{"DurationSeconds", "900"}}, 900},
      {"federated", server_.admin(), "GetFederationToken", {{"Name", "fed"}}, 43200},
      {"federated root",
       server_.root(),
       "GetFederationToken",
       {{"Name", "fed"}, {"DurationSeconds", "7200"}},
       3600},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_EQ(Lifetime(one.caller, one.operation, one.parameters), one.seconds);
  }
  EXPECT_EQ(
      Outcome(server_.admin(), "AssumeRole", Role("r", {{"DurationSeconds", "7201"}})),
      "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  EXPECT_EQ(Outcome(chained, "AssumeRole", Role("q", {{"DurationSeconds", "3601"}})),
            "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles "
            "assumed by role chaining.");
}

TEST_F(Sessions, EndAtTheirTime) {
  const Signer session = Issue(server_.admin(), "AssumeRole", Role("r", {{"DurationSeconds", "900"}}));
  server_.clock.Advance(std::chrono::seconds(899));
  EXPECT_EQ(Outcome(session, "GetCallerIdentity"), "ok");
  server_.clock.Advance(std::chrono::seconds(1));
  EXPECT_EQ(Outcome(session, "GetCallerIdentity"),
            "ExpiredToken: The security token included in the request is expired");
}

// A session policy counts as it is when it is used: a managed one is read at its current version.
TEST_F(Sessions, AreNarrowedByTheirPolicies) {
  const std::string arn = "arn:aws:iam::111122223333:policy/narrow";
  server_.Must(server_.admin(), "iam", "CreatePolicy",
               {{"PolicyName", "narrow"}, {"PolicyDocument", InProcessServer::Allow("iam:ListUsers")}});
  const Signer inline_session =
      Issue(server_.admin(), "AssumeRole", Role("r", {{"Policy", InProcessServer::Allow("iam:ListUsers")}}));
  const Signer managed_session =
      Issue(server_.admin(), "AssumeRole", Role("r", {{"PolicyArns.member.1.arn", arn}}));
  const Signer both = Issue(
      server_.admin(), "AssumeRole",
      Role("r", {{"PolicyArns.member.1.arn", arn}, {"Policy", InProcessServer::Allow("iam:ListGroups")}}));
  const auto lists = [&](const Signer& session, const char* operation) {
    return server_.Call(session, "iam", operation).ok();
  };
  EXPECT_TRUE(lists(inline_session, "ListUsers"));
  EXPECT_FALSE(lists(inline_session, "ListGroups"));
  EXPECT_TRUE(lists(managed_session, "ListUsers"));
  EXPECT_FALSE(lists(managed_session, "ListGroups"));
  EXPECT_TRUE(lists(both, "ListUsers") && lists(both, "ListGroups"));
  EXPECT_FALSE(lists(both, "ListRoles"));
  EXPECT_EQ(server_.Call(inline_session, "iam", "ListGroups").Outcome(),
            "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/r/sess is not authorized to perform: "
            "iam:ListGroups on "
            "resource: * because no session policy allows the iam:ListGroups action");
  server_.Must(server_.admin(), "iam", "CreatePolicyVersion",
               {{"PolicyArn", arn},
                {"PolicyDocument", InProcessServer::Allow("iam:ListRoles")},
                {"SetAsDefault", "true"}});
  EXPECT_FALSE(lists(managed_session, "ListUsers"));
  EXPECT_TRUE(lists(managed_session, "ListRoles"));
}

// A user and its sessions are one: what the user loses, they lose with the next request.
TEST_F(Sessions, OfAUserEndWithTheUser) {
  const Signer bob = server_.MakeUser("bob", InProcessServer::Allow("sts:*"));
  const Signer session = Issue(bob, "GetSessionToken", {});
  EXPECT_EQ(Outcome(session, "AssumeRole", Role("r")), "ok");
  server_.Must(server_.admin(), "iam", "DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}});
  EXPECT_EQ(Outcome(session, "AssumeRole", Role("r")).substr(0, 13), "AccessDenied:");
  server_.Must(server_.admin(), "iam", "DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", bob.key_id}});
  EXPECT_EQ(Outcome(session, "GetCallerIdentity"), "ok");
  server_.Must(server_.admin(), "iam", "DeleteUser", {{"UserName", "bob"}});
  server_.MakeUser("bob");
  EXPECT_EQ(Outcome(session, "GetCallerIdentity").substr(0, 20), "InvalidClientTokenId");
}

// Tokens and keys belong together.
TEST_F(Sessions, DoNotMix) {
  const Signer one = Issue(server_.admin(), "AssumeRole", Role("r"));
  const Signer two = Issue(server_.admin(), "AssumeRole", Role("q"));
  const std::string refusal = "InvalidClientTokenId: The security token included in the request is invalid.";
  EXPECT_EQ(Outcome({one.key_id, one.secret, two.token}, "GetCallerIdentity"), refusal);
  EXPECT_EQ(Outcome({one.key_id, one.secret, ""}, "GetCallerIdentity"), refusal);
  EXPECT_EQ(Outcome({server_.admin().key_id, server_.admin().secret, one.token}, "GetCallerIdentity"),
            refusal);
  EXPECT_EQ(Outcome({one.key_id, one.secret, one.token.substr(4)}, "GetCallerIdentity"), refusal);
}

// Transitive tags and the source identity go on to the next role, need their own permissions, and cannot be
// changed.
TEST_F(Sessions, HandOnTagsAndSourceIdentity) {
  const Signer first = Issue(server_.admin(), "AssumeRole",
                             Role("r", {{"Tags.member.1.Key", "Team"},
                                        {"Tags.member.1.Value", "blue"},
                                        {"TransitiveTagKeys.member.1", "team"},
                                        {"SourceIdentity", "alice"}}));
  const Answer second = server_.Must(first, "sts", "AssumeRole", Role("q"));
  EXPECT_EQ(second.Text("SourceIdentity"), "alice");
  EXPECT_EQ(Outcome(first, "AssumeRole",
                    Role("q", {{"Tags.member.1.Key", "TEAM"}, {"Tags.member.1.Value", "red"}})),
            "InvalidParameterValue: One of the specified transitive tag keys can't be set because it "
            "conflicts with a transitive "
            "tag key from the calling session.");
  EXPECT_EQ(Outcome(first, "AssumeRole", Role("q", {{"SourceIdentity", "bob"}})).substr(0, 13),
            "AccessDenied:");
  // The tag arrived: the second session is judged by it.
  const Signer carried = InProcessServer::Session(second);
  server_.Must(
      server_.admin(), "iam", "PutRolePolicy",
      {{"RoleName", "q"},
       {"PolicyName", "p"},
       {"PolicyDocument",
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:ListUsers","Resource":"*",)"
        R"("Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue","aws:SourceIdentity":"alice"}}}]})"}});
  EXPECT_EQ(server_.Call(carried, "iam", "ListUsers").Text("Code"), "AccessDenied");
  EXPECT_TRUE(server_.Call(Issue(server_.admin(), "AssumeRole", Role("q")), "iam", "ListUsers").ok());
  // Trust that lets the role be assumed but no tags be handed on refuses the chained call, which sends none
  // itself.
  server_.Must(server_.admin(), "iam", "UpdateAssumeRolePolicy",
               {{"RoleName", "q"},
                {"PolicyDocument",
                 R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",)"
                 R"("Principal":{"AWS":"111122223333"}}]})"}});
  EXPECT_EQ(Outcome(server_.admin(), "AssumeRole", Role("q")), "ok");
  EXPECT_EQ(Outcome(first, "AssumeRole", Role("q")),
            "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/r/sess is not authorized to perform: "
            "sts:TagSession on "
            "resource: arn:aws:iam::111122223333:role/q");
}

// An assertion nobody can verify is refused, not ignored.
TEST_F(Sessions, TakeNoProvidedContexts) {
  const Parameters contexts = {
      {"ProvidedContexts.member.1.ProviderArn", "arn:aws:iam::aws:contextProvider/IdentityCenter"},
      {"ProvidedContexts.member.1.ContextAssertion", "xxxx"}};
  server_.Must(server_.admin(), "iam", "UpdateAssumeRolePolicy",
               {{"RoleName", "r"},
                {"PolicyDocument",
                 R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole",)"
                 R"("sts:SetContext"],"Principal":{"AWS":"111122223333"}}]})"}});
  EXPECT_EQ(Outcome(server_.admin(), "AssumeRole", Role("r", contexts)).substr(0, 24),
            "InvalidContextAssertion:");
  EXPECT_EQ(Outcome(server_.admin(), "AssumeRole", Role("q", contexts)),
            "AccessDenied: User: arn:aws:iam::111122223333:user/admin is not authorized to perform: "
            "sts:SetContext on resource: "
            "arn:aws:iam::111122223333:role/q");
}

TEST_F(Sessions, MakeTokensAsLargeAsAsked) {
  for (const int size : {0, 1000, 4000, 4096}) {
    const Answer answer = server_.Must(server_.admin(), "sts", "AssumeRole",
                                       Role("r", {{"MinimumSessionTokenSize", std::to_string(size)}}));
    const auto length = static_cast<int>(answer.Text("SessionToken").size());
    EXPECT_GE(length, size);
    EXPECT_LE(length, 4096);
    EXPECT_EQ(answer.Text("SessionTokenSize"), std::to_string(length));
    EXPECT_EQ(Outcome(InProcessServer::Session(answer), "GetCallerIdentity"), "ok");
  }
}

}  // namespace
}  // namespace wardkeep::service
