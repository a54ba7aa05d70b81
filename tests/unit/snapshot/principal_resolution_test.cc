// policy-semantics 1.4: how principals of a trust policy are stored and shown.
#include "snapshot/principal_resolution.h"

#include <gtest/gtest.h>

#include "sample_entities.h"
#include "snapshot/account_edit.h"

namespace wardkeep::snapshot {
namespace {

const base::AccountId kOther("999999999999");

AccountStatePtr StateOf(const base::AccountId& account, const std::string& suffix) {
  AccountEdit edit(
      std::make_shared<AccountState>(std::make_shared<const entity::Account>(sample::Account(account))));
  auto user = sample::User("AIDA" + suffix, "Alice");
  user.path = "/team/";
  edit.PutUser(std::move(user));
  edit.PutRole(sample::Role("AROA" + suffix, "Deploy"));
  edit.PutGroup(sample::Group("AGPA" + suffix, "Admins"));
  return std::move(edit).Finish().state;
}

class PrincipalResolution : public testing::Test {
 protected:
  base::Result<ResolvedTrust, policy::DocumentError> Resolve(const std::string& document) {
    return ResolvePrincipals(document, *home_, find_);
  }
  static std::string With(const std::string& principal) {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":)" + principal +
           R"(,"Action":"sts:AssumeRole"}]})";
  }

  AccountStatePtr home_ = StateOf(sample::kAccount, "HOME");
  AccountStatePtr other_ = StateOf(kOther, "OTHER");
  FindAccount find_ = [this](const base::AccountId& id) { return id == kOther ? other_ : nullptr; };
};

TEST_F(PrincipalResolution, StoresUsersAndRolesAsIdsAndEverythingElseAsWritten) {
  struct Case {
    const char* given;
    const char* stored;
  };
  const Case cases[] = {
      {R"({"AWS":"arn:aws:iam::123456789012:user/team/Alice"})", R"({"AWS":"AIDAHOME"})"},
      {R"({"AWS":"arn:aws:iam::123456789012:role/Deploy"})", R"({"AWS":"AROAHOME"})"},
      {R"({"AWS":["arn:aws:iam::999999999999:role/Deploy","arn:aws:iam::999999999999:user/team/Alice"]})",
       R"({"AWS":["AROAOTHER","AIDAOTHER"]})"},
      {R"({"AWS":"arn:aws:iam::12345678901\u0032:role\/Deploy"})", R"({"AWS":"AROAHOME"})"},
      {R"({"AWS":"AIDAHOME"})", R"({"AWS":"AIDAHOME"})"},
      {R"({"AWS":"*"})", R"({"AWS":"*"})"},
      {R"("*")", R"("*")"},
      {R"({"AWS":"123456789012"})", R"({"AWS":"123456789012"})"},
      // Accounts this installation does not know may exist elsewhere: their ids are checked for form only.
      {R"({"AWS":["000000000000","arn:aws:iam::555555555555:root"]})",
       R"({"AWS":["000000000000","arn:aws:iam::555555555555:root"]})"},
      {R"({"AWS":"arn:aws:sts::123456789012:assumed-role/Gone/Session"})",
       R"({"AWS":"arn:aws:sts::123456789012:assumed-role/Gone/Session"})"},
      {R"({"AWS":"arn:aws:sts::123456789012:federated-user/Bob"})",
       R"({"AWS":"arn:aws:sts::123456789012:federated-user/Bob"})"},
      {R"({"Service":"ec2.amazonaws.com"})", R"({"Service":"ec2.amazonaws.com"})"},
      {R"({"Federated":"arn:aws:iam::123456789012:oidc-provider/x"})",
       R"({"Federated":"arn:aws:iam::123456789012:oidc-provider/x"})"},
      {R"({"AWS":[]})", R"({"AWS":[]})"},
  };
  for (const auto& c : cases) {
    const auto trust = Resolve(With(c.given));
    ASSERT_TRUE(trust) << c.given << ": " << trust.error().message;
    EXPECT_EQ(trust->text, With(c.stored));
  }
}

TEST_F(PrincipalResolution, RemembersTheAccountOfEachIdOnce) {
  const auto trust = Resolve(With(
      R"({"AWS":["arn:aws:iam::999999999999:role/Deploy","AIDAHOME","arn:aws:iam::123456789012:user/team/Alice"]})"));
  ASSERT_TRUE(trust);
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(trust->principals, (Pairs{{"AROAOTHER", "999999999999"}, {"AIDAHOME", "123456789012"}}));
}

TEST_F(PrincipalResolution, ChangesNothingButPrincipalStrings) {
  const std::string arn = "arn:aws:iam::123456789012:role/Deploy";
  const std::string before =
      "{ \"Statement\" :\n\t{\"Sid\":\"" + arn + "\", \"NotPrincipal\" : { \"AWS\" : [ \"";
  const std::string after = "\" ] },\"Condition\":{\"ArnEquals\":{\"aws:PrincipalArn\":\"" + arn +
                            "\"}} } ,\"Version\":\"2012-10-17\"}\n ";
  const auto trust = Resolve(before + arn + after);
  ASSERT_TRUE(trust);
  EXPECT_EQ(trust->text, before + "AROAHOME" + after);
}

TEST_F(PrincipalResolution, ReachesEveryStatementAndBothElements) {
  const auto trust =
      Resolve(R"({"Statement":[{"Principal":{"AWS":"arn:aws:iam::123456789012:role/Deploy"}},)"
              R"({"NotPrincipal":{"Service":"x","AWS":["arn:aws:iam::123456789012:user/team/Alice"]}}]})");
  ASSERT_TRUE(trust);
  EXPECT_EQ(
      trust->text,
      R"({"Statement":[{"Principal":{"AWS":"AROAHOME"}},{"NotPrincipal":{"Service":"x","AWS":["AIDAHOME"]}}]})");
}

TEST_F(PrincipalResolution, RefusesPrincipalsThatDoNotExist) {
  for (const char* value : {
           "arn:aws:iam::123456789012:user/Alice",       // without her path
           "arn:aws:iam::123456789012:user/team/alice",  // names in ARNs are case-sensitive
           "arn:aws:iam::123456789012:role/Gone",
           "arn:aws:iam::555555555555:role/Deploy",  // of an account that is not here
           "arn:aws:iam::123456789012:group/Admins",
           "arn:aws:iam::123456789012:user/*",
           "arn:aws-cn:iam::123456789012:root",
           "arn:aws:iam::1234:root",
           "arn:aws:s3:::bucket",
           "AIDAOTHER",  // an id of another account
           "AGPAHOME",
           "AIDAGONE",
           "12345678901",
           "Alice",
           "",
       }) {
    const auto trust = Resolve(With(R"({"AWS":["*",")" + std::string(value) + R"("]})"));
    ASSERT_FALSE(trust) << value;
    EXPECT_EQ(trust.error().code, "MalformedPolicyDocument");
    EXPECT_EQ(trust.error().message, "Invalid principal in policy: \"AWS\":\"" + std::string(value) + "\"");
  }
}

TEST_F(PrincipalResolution, ShowsArnsWhileTheEntityLives) {
  const std::string given = With(
      R"({"AWS":["arn:aws:iam::123456789012:user/team/Alice","arn:aws:iam::999999999999:role/Deploy","*"]})");
  const auto trust = Resolve(given);
  ASSERT_TRUE(trust);
  entity::Role role = sample::Role("AROA9", "R");
  role.trust_policy = sample::Trust(trust->text);
  role.trust_principals = trust->principals;
  EXPECT_EQ(ShowPrincipals(role, *home_, find_), given);

  // Renamed and moved: the id stays, the present ARN is shown.
  AccountEdit edit(home_);
  auto alice = *home_->FindUser("alice");
  alice.name = "Alicia";
  alice.path = "/";
  edit.PutUser(alice);
  home_ = std::move(edit).Finish().state;
  // Deleted and made again under the same name: another id, so the old one is shown.
  AccountEdit again(other_);
  again.DeleteRole("Deploy");
  again.PutRole(sample::Role("AROANEW", "Deploy"));
  other_ = std::move(again).Finish().state;
  EXPECT_EQ(ShowPrincipals(role, *home_, find_),
            With(R"({"AWS":["arn:aws:iam::123456789012:user/Alicia","AROAOTHER","*"]})"));
  EXPECT_FALSE(Resolve(ShowPrincipals(role, *home_, find_))) << "saving what is shown fails with the dead id";

  other_ = nullptr;
  EXPECT_NE(ShowPrincipals(role, *home_, find_).find("AROAOTHER"), std::string::npos)
      << "the account is gone";
}

TEST_F(PrincipalResolution, RefusesWhatIsNotJson) {
  const auto trust = Resolve("{");
  ASSERT_FALSE(trust);
  EXPECT_EQ(trust.error().code, "MalformedPolicyDocument");
}

}  // namespace
}  // namespace wardkeep::snapshot
