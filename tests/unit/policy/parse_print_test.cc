#include <gtest/gtest.h>

#include "policy/model/same_document.h"
#include "policy/print/print_document.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

struct PrintCase {
  DocumentKind kind;
  std::string_view text;
  std::string_view printed;
};

TEST(PrintDocument, GivesTheCanonicalText) {
  const PrintCase cases[] = {
      {DocumentKind::kIdentity,
       R"({ "Statement": [{"Resource":["*"],"Action":["a:b","c:d"],"Effect":"Allow","Sid":"","Condition":{}}],)"
       R"("Version":"2012-10-17" })",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:b","c:d"],"Resource":"*"}]})"},
      {DocumentKind::kSession,
       R"({"Id":"x","Statement":[{"Sid":"S","Effect":"Deny","NotAction":"*","NotResource":"*"}]})",
       R"({"Version":"2008-10-17","Id":"x","Statement":[{"Sid":"S","Effect":"Deny","NotAction":"*",)"
       R"("NotResource":"*"}]})"},
      {DocumentKind::kTrust,
       R"({"Statement":[{"Effect":"Allow","Principal":{"AWS":["*"],"Service":["ec2.amazonaws.com"]},)"
       R"("Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]})",
       R"({"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*",)"
       R"("Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"AWS":"*"},)"
       R"("Action":"sts:AssumeRole"}]})"},
      {DocumentKind::kEndpoint, R"({"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})",
       R"({"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]})"},
      {DocumentKind::kIdentity,
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":)"
       R"({"NumericEquals":{"b":[1,2.0],"a":[]},"x":{},"BoolIfExists":{"c":true}}}]})",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":)"
       R"({"NumericEquals":{"b":["1","2.0"],"a":[]},"BoolIfExists":{"c":"true"}}}]})"},
  };
  for (const PrintCase& c : cases) {
    const ParseOutcome outcome = ParseDocument(c.text, c.kind);
    ASSERT_NE(outcome.document, nullptr) << c.text << outcome.error->message;
    EXPECT_EQ(PrintDocument(*outcome.document), c.printed);
    const ParseOutcome again = ParseDocument(c.printed, c.kind);
    ASSERT_NE(again.document, nullptr) << c.printed;
    EXPECT_TRUE(SameDocument(*outcome.document, *again.document)) << c.printed;
  }
}

// SameDocument must see every member, or the round trips prove nothing.
TEST(SameDocument, SeesEveryMember) {
  Document base;
  base.statements.emplace_back();
  base.statements[0].principals.push_back({PrincipalType::kAws, "a"});
  base.statements[0].conditions.push_back({});
  const auto differs = [&](auto change) {
    Document other = base;
    change(other);
    return !SameDocument(base, other) && SameDocument(other, other);
  };
  EXPECT_TRUE(SameDocument(base, base));
  EXPECT_TRUE(differs([](Document& d) { d.kind = DocumentKind::kTrust; }));
  EXPECT_TRUE(differs([](Document& d) { d.version = LanguageVersion::k2012; }));
  EXPECT_TRUE(differs([](Document& d) { d.id = ""; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements.emplace_back(); }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].effect = Effect::kAllow; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].sid = "s"; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].has_principal = true; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].not_principal = true; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].principals[0].value = "b"; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].principals[0].type = PrincipalType::kAny; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].not_action = true; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].actions.emplace_back("a"); }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].has_resource = true; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].not_resource = true; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].resources.emplace_back("r"); }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].conditions[0].op = ConditionOperator::kNull; }));
  EXPECT_TRUE(
      differs([](Document& d) { d.statements[0].conditions[0].qualifier = SetQualifier::kForAnyValue; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].conditions[0].if_exists = true; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].conditions[0].key = "k"; }));
  EXPECT_TRUE(differs([](Document& d) { d.statements[0].conditions[0].values.emplace_back("v"); }));
}

}  // namespace
}  // namespace wardkeep::policy
