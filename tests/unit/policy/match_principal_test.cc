#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "policy/match/principal_match.h"

namespace wardkeep::policy {
namespace {

Principal User() {
  Principal user;
  user.kind = PrincipalKind::kUser;
  user.account_id = "111122223333";
  user.arn = "arn:aws:iam::111122223333:user/div/ann";
  user.entity_id = "AIDAEXAMPLEUSERID0001";
  return user;
}

Principal RoleSession() {
  Principal session;
  session.kind = PrincipalKind::kRoleSession;
  session.account_id = "111122223333";
  session.arn = "arn:aws:sts::111122223333:assumed-role/R/s";
  session.entity_arn = "arn:aws:iam::111122223333:role/path/R";
  session.entity_id = "AROAEXAMPLEROLEID0001";
  return session;
}

Principal FederatedUser() {
  Principal session;
  session.kind = PrincipalKind::kFederatedUser;
  session.account_id = "111122223333";
  session.arn = "arn:aws:sts::111122223333:federated-user/fay";
  session.entity_arn = "arn:aws:iam::111122223333:user/div/ann";
  session.entity_id = "AIDAEXAMPLEUSERID0001";
  return session;
}

Principal Root() {
  Principal root;
  root.kind = PrincipalKind::kRoot;
  root.account_id = "111122223333";
  root.arn = "arn:aws:iam::111122223333:root";
  return root;
}

Principal Service() {
  Principal service;
  service.kind = PrincipalKind::kService;
  service.service = "ec2.amazonaws.com";
  return service;
}

Principal TokenBearer() {
  Principal bearer;
  bearer.kind = PrincipalKind::kFederated;
  bearer.arn = "arn:aws:iam::111122223333:oidc-provider/id.example.com";
  return bearer;
}

struct Listed {
  Arena arena{256};
  std::vector<PrincipalPattern> patterns;
  explicit Listed(const std::vector<PrincipalEntry>& entries) {
    for (const PrincipalEntry& entry : entries) patterns.push_back(MakePrincipalPattern(entry, arena));
  }
};

PrincipalEntry Aws(std::string value) {
  return {PrincipalType::kAws, std::move(value)};
}

// The one kind in which `entry` names the caller: its number, -1 for none.
int KindOf(const PrincipalEntry& entry, const Principal& caller) {
  const Listed listed({entry});
  const MatchKinds kinds = MatchPrincipals(listed.patterns, caller);
  for (std::size_t i = 0; i < kMatchKindCount; ++i) {
    if (kinds.Has(static_cast<MatchKind>(i))) return static_cast<int>(i);
  }
  return -1;
}

constexpr int kNone = -1;
int Number(MatchKind kind) {
  return static_cast<int>(kind);
}

TEST(Principal, NamesCallersByEveryIdentityTheyPresent) {
  const PrincipalEntry account = Aws("111122223333");
  const PrincipalEntry root_arn = Aws("arn:aws:iam::111122223333:root");
  const PrincipalEntry user = Aws("arn:aws:iam::111122223333:user/div/ann");
  const PrincipalEntry user_id = Aws("AIDAEXAMPLEUSERID0001");
  const PrincipalEntry role = Aws("arn:aws:iam::111122223333:role/path/R");
  const PrincipalEntry role_id = Aws("AROAEXAMPLEROLEID0001");
  const PrincipalEntry session = Aws("arn:aws:sts::111122223333:assumed-role/R/s");
  const PrincipalEntry federated = Aws("arn:aws:sts::111122223333:federated-user/fay");
  const PrincipalEntry service = {PrincipalType::kService, "ec2.amazonaws.com"};
  const PrincipalEntry provider = {PrincipalType::kFederated,
                                   "arn:aws:iam::111122223333:oidc-provider/id.example.com"};
  const int a = Number(MatchKind::kAccount);
  const int u = Number(MatchKind::kUser);
  const struct {
    Principal caller;
    int account, user, role, session, federated, service, provider;
  } rows[] = {
      {User(), a, u, kNone, kNone, kNone, kNone, kNone},
      {RoleSession(), a, kNone, Number(MatchKind::kRole), Number(MatchKind::kSession), kNone, kNone, kNone},
      {FederatedUser(), a, u, kNone, kNone, Number(MatchKind::kFederatedUser), kNone, kNone},
      {Root(), a, kNone, kNone, kNone, kNone, kNone, kNone},
      {Service(), kNone, kNone, kNone, kNone, kNone, Number(MatchKind::kService), kNone},
      {TokenBearer(), kNone, kNone, kNone, kNone, kNone, kNone, Number(MatchKind::kProvider)},
      {Principal(), kNone, kNone, kNone, kNone, kNone, kNone, kNone},
  };
  for (const auto& row : rows) {
    const std::string who = row.caller.arn + row.caller.service;
    EXPECT_EQ(KindOf(account, row.caller), row.account) << who;
    EXPECT_EQ(KindOf(root_arn, row.caller), row.account) << who;
    EXPECT_EQ(KindOf(user, row.caller), row.user) << who;
    EXPECT_EQ(KindOf(user_id, row.caller), row.user) << who;
    EXPECT_EQ(KindOf(role, row.caller), row.role) << who;
    EXPECT_EQ(KindOf(role_id, row.caller), row.role) << who;
    EXPECT_EQ(KindOf(session, row.caller), row.session) << who;
    EXPECT_EQ(KindOf(federated, row.caller), row.federated) << who;
    EXPECT_EQ(KindOf(service, row.caller), row.service) << who;
    EXPECT_EQ(KindOf(provider, row.caller), row.provider) << who;
    EXPECT_EQ(KindOf({PrincipalType::kAny, ""}, row.caller), Number(MatchKind::kStar)) << who;
  }
}

TEST(Principal, NothingElseNamesAnybody) {
  for (const char* value :
       {"", "444455556666", "arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:user/*",
        "arn:aws:iam::111122223333:group/g", "arn:aws:iam:::root", "arn:aws:s3:::b",
        "arn:", "arn:aws:sts::111122223333:assumed-role/R/*", "AIDAOTHER"}) {
    for (const Principal& caller : {User(), RoleSession(), FederatedUser(), Root(), Service(), Principal()}) {
      EXPECT_EQ(KindOf(Aws(value), caller), kNone) << value;
    }
  }
}

TEST(NotPrincipal, SparesOnlyCallersWhoseWholeChainIsListed) {
  const PrincipalEntry account = Aws("111122223333");
  const PrincipalEntry user = Aws("arn:aws:iam::111122223333:user/div/ann");
  const PrincipalEntry role = Aws("arn:aws:iam::111122223333:role/path/R");
  const PrincipalEntry session = Aws("arn:aws:sts::111122223333:assumed-role/R/s");
  const PrincipalEntry federated = Aws("arn:aws:sts::111122223333:federated-user/fay");
  const auto exempt = [](const std::vector<PrincipalEntry>& entries, const Principal& caller) {
    const Listed listed(entries);
    return IsExempt(listed.patterns, caller);
  };
  EXPECT_TRUE(exempt({account, user}, User()));
  EXPECT_FALSE(exempt({account}, User()));
  EXPECT_FALSE(exempt({user}, User()));
  EXPECT_TRUE(exempt({account, role, session}, RoleSession()));
  EXPECT_FALSE(exempt({account, role}, RoleSession()));
  EXPECT_FALSE(exempt({account, session}, RoleSession()));
  EXPECT_TRUE(exempt({account, user, federated}, FederatedUser()));
  EXPECT_FALSE(exempt({account, federated}, FederatedUser()));
  EXPECT_TRUE(exempt({account}, Root()));
  EXPECT_TRUE(exempt({{PrincipalType::kService, "ec2.amazonaws.com"}}, Service()));
  EXPECT_FALSE(exempt({account, user}, Principal()));
  EXPECT_FALSE(exempt({}, User()));
  EXPECT_TRUE(exempt({{PrincipalType::kAny, ""}}, Principal()));
}

}  // namespace
}  // namespace wardkeep::policy
