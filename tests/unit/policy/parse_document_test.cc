// What a parsed document holds, and the facts about refusals that the corpus of validation cases does not
// cover.
#include <gtest/gtest.h>

#include <string>

#include "policy/model/document_kind.h"
#include "processor_time.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

std::shared_ptr<const Document> MustParse(std::string_view text, DocumentKind kind = DocumentKind::kIdentity,
                                          const ParseOptions& options = {}) {
  ParseOutcome outcome = ParseDocument(text, kind, options);
  EXPECT_NE(outcome.document, nullptr) << text << ": " << (outcome.error ? outcome.error->message : "");
  return outcome.document != nullptr ? outcome.document : std::make_shared<const Document>();
}

DocumentError MustFail(std::string_view text, DocumentKind kind = DocumentKind::kIdentity,
                       const ParseOptions& options = {}) {
  const ParseOutcome outcome = ParseDocument(text, kind, options);
  EXPECT_EQ(outcome.document, nullptr) << text;
  return outcome.error.value_or(DocumentError{});
}

// A 2012 document with one statement made of these members.
std::string Policy(std::string_view members) {
  return R"({"Version":"2012-10-17","Statement":[{)" + std::string(members) + "}]}";
}

TEST(ParseDocument, KeepsEveryElement) {
  const auto document = MustParse(R"({"Version":"2012-10-17","Id":"p","Statement":[
    {"Sid":"A","Effect":"Deny","Principal":{"AWS":["*","111122223333"],"Service":"ec2.amazonaws.com"},
     "NotAction":["iam:*","sts:*"],"NotResource":"arn:aws:s3:::b",
     "Condition":{"ForAnyValue:StringLikeIfExists":{"aws:TagKeys":["a*",1,1.50,true,null],"k":"v"},
                  "Bool":{"aws:SecureTransport":false},"Null":{}}}]})",
                                  DocumentKind::kResource);
  EXPECT_EQ(document->kind, DocumentKind::kResource);
  EXPECT_EQ(document->version, LanguageVersion::k2012);
  EXPECT_EQ(document->id, "p");
  ASSERT_EQ(document->statements.size(), 1U);
  const Statement& s = document->statements[0];
  EXPECT_EQ(s.effect, Effect::kDeny);
  EXPECT_EQ(s.sid, "A");
  EXPECT_TRUE(s.has_principal && !s.not_principal && s.not_action && s.has_resource && s.not_resource);
  ASSERT_EQ(s.principals.size(), 3U);
  EXPECT_EQ(s.principals[0].type, PrincipalType::kAny);
  EXPECT_EQ(s.principals[0].value, "");
  EXPECT_EQ(s.principals[1].value, "111122223333");
  EXPECT_EQ(s.principals[2].type, PrincipalType::kService);
  EXPECT_EQ(s.actions, (std::vector<std::string>{"iam:*", "sts:*"}));
  EXPECT_EQ(s.resources, std::vector<std::string>{"arn:aws:s3:::b"});
  ASSERT_EQ(s.conditions.size(), 3U);
  EXPECT_EQ(s.conditions[0].op, ConditionOperator::kStringLike);
  EXPECT_EQ(s.conditions[0].qualifier, SetQualifier::kForAnyValue);
  EXPECT_TRUE(s.conditions[0].if_exists);
  EXPECT_EQ(s.conditions[0].values, (std::vector<std::string>{"a*", "1", "1.50", "true"}));
  EXPECT_EQ(s.conditions[1].key, "k");
  EXPECT_EQ(s.conditions[2].values, std::vector<std::string>{"false"});
}

TEST(ParseDocument, AnAbsentVersionIsTheOldLanguage) {
  const auto document =
      MustParse(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", DocumentKind::kSession);
  EXPECT_EQ(document->version, LanguageVersion::k2008);
  EXPECT_FALSE(document->statements[0].has_principal);
}

TEST(ParseDocument, PositionsCountLinesAndColumnsFromOne) {
  const auto document = MustParse(
      "{\"Version\":\"2012-10-17\",\"Statement\":[\n  {\"Effect\":\"Allow\",\n   "
      "\"Action\":\"*\",\"Resource\":\"*\"\n"
      "  },{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"} ]}");
  ASSERT_EQ(document->statements.size(), 2U);
  const Statement& first = document->statements[0];
  EXPECT_EQ(first.start.line, 2U);
  EXPECT_EQ(first.start.column, 3U);
  EXPECT_EQ(first.end.line, 4U);
  EXPECT_EQ(first.end.column, 4U);
  EXPECT_EQ(document->statements[1].start.line, 4U);
  EXPECT_EQ(document->statements[1].start.column, 5U);
  EXPECT_EQ(document->statements[1].end.column, 50U);
}

TEST(ParseDocument, ErrorsPointAtTheOffendingElement) {
  const std::string text =
      "{\"Version\":\"2012-10-17\",\n\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"*\",\n "
      "\"x\"],\"Resource\":\"*\"}]}";
  const DocumentError error = MustFail(text);
  EXPECT_EQ(error.position.line, 3U);
  EXPECT_EQ(error.position.column, 2U);
}

TEST(ParseDocument, EndpointStatementsWithoutPrincipalAreForAnyone) {
  const auto document =
      MustParse(Policy(R"("Effect":"Allow","Action":"*","Resource":"*")"), DocumentKind::kEndpoint);
  ASSERT_EQ(document->statements[0].principals.size(), 1U);
  EXPECT_TRUE(document->statements[0].has_principal);
  EXPECT_EQ(document->statements[0].principals[0].type, PrincipalType::kAny);
}

struct Refusal {
  DocumentKind kind;
  std::string_view members;
  std::string_view code;
  std::string_view message;
};

constexpr std::string_view kMalformed = "MalformedPolicyDocument";
constexpr std::string_view kSts = "AssumeRole policy may only specify STS AssumeRole actions.";
constexpr std::string_view kNobody =
    "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a "
    "statement with no principals!";

TEST(ParseDocument, RefusesBeyondTheCorpus) {
  constexpr auto kIdentity = DocumentKind::kIdentity;
  constexpr auto kTrust = DocumentKind::kTrust;
  constexpr auto kResource = DocumentKind::kResource;
  const Refusal cases[] = {
      {kIdentity, R"("Effect":"Allow","Action":[null],"Resource":"*")", kMalformed,
       "Policy statement must contain actions."},
      {kIdentity, R"("Effect":"Allow","Action":"*","Resource":[null])", kMalformed,
       "Policy statement must contain resources."},
      {kIdentity, R"("Effect":"Allow","Action":null,"Resource":"*")", kMalformed, "Syntax errors in policy."},
      {kIdentity, R"("Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":null}})",
       kMalformed, "Syntax errors in policy."},
      {kIdentity,
       R"("Effect":"Allow","Action":"*","Resource":"arn:error:s3:::b","Sid":"x y",)"
       R"("Condition":{"DateEquals":{"a":"soon"}})",
       kMalformed, "The policy failed legacy parsing"},
      {kIdentity, R"("Effect":"Allow","Action":"a:b:c","Resource":"*","Principal":7)", kMalformed,
       "Policy document should not specify a principal."},
      {kTrust, R"("Effect":"Allow","Action":"*","Principal":{"AWS":"*"})", kMalformed, kSts},
      {kTrust, R"("Effect":"Allow","Action":"sts:Get*","Principal":{"AWS":"*"})", kMalformed, kSts},
      {kTrust, R"("Effect":"Allow","NotAction":"sts:AssumeRole","Principal":{"AWS":"*"})", kMalformed, kSts},
      {kTrust, R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{})", kMalformed, kNobody},
      {kTrust, R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":[]})", kMalformed, kNobody},
      {kTrust, R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{"aws":"*"})", kMalformed,
       "Syntax errors in policy."},
      {kTrust, R"("Effect":"Allow","Action":"sts:AssumeRole","NotResource":"*","Principal":{"AWS":"*"})",
       kMalformed, "Has prohibited field NotResource"},
      {kTrust, R"("Effect":"Allow","Action":"sts:AssumeRole","NotPrincipal":{"AWS":"*"})", kMalformed,
       "Has prohibited field NotPrincipal"},
      {kTrust, R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"*.amazonaws.com"})",
       kMalformed, R"(Invalid principal in policy: "SERVICE":"*.amazonaws.com")"},
      {kTrust, R"("Effect":"allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"})", kMalformed,
       "The policy failed legacy parsing"},
      {kResource, R"("Effect":"Allow","Action":"*","Resource":"*","Principal":{"AWS":[]})", "MalformedPolicy",
       "Missing required field Principal"},
      {kResource, R"("Effect":"Allow","Action":"*","Resource":"*","NotPrincipal":{"AWS":"111122223333"})",
       "MalformedPolicy", "Allow with NotPrincipal is not allowed."},
      {kResource, R"("Effect":"Deny","Action":"*","Principal":{"AWS":"arn:aws:iam::111122223333:group/g"})",
       "MalformedPolicy", "Invalid principal in policy"},
  };
  for (const Refusal& c : cases) {
    const DocumentError error = MustFail(Policy(c.members), c.kind);
    EXPECT_EQ(error.code, c.code) << c.members;
    EXPECT_EQ(error.message, c.message) << c.members;
  }
}

// Where in the order the refusals of the older parser come, and what they say nothing about.
TEST(ParseDocument, RefusesALoneStatementBeforeVersionAndSpaceInFront) {
  constexpr std::string_view kLegacyText = "The policy failed legacy parsing";
  const std::string lone =
      R"({"Statement":{"Effect":"denY","Action":"x","Resource":"*"},"Version":"2012-10-17"})";
  EXPECT_EQ(MustFail(lone, DocumentKind::kIdentity).message, kLegacyText);
  const std::string good =
      R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"},"Version":"2012-10-17"})";
  EXPECT_EQ(MustFail(good, DocumentKind::kPermissionsBoundary).message, kLegacyText);
  MustParse(good, DocumentKind::kSession);
  MustParse(good, DocumentKind::kServiceControl);
  const std::string old =
      R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111122223333"}},"Version":"2008-10-17"})";
  EXPECT_EQ(MustFail(old, DocumentKind::kTrust).message, kLegacyText);
  // Without Version there is none that comes after.
  MustParse(
      R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111122223333"}}})",
      DocumentKind::kTrust);

  const std::string list =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})";
  for (const char* space : {" ", "\n", "\t", "\r\n"}) {
    EXPECT_EQ(MustFail(space + list, DocumentKind::kIdentity).message, kLegacyText);
    MustParse(list + space, DocumentKind::kIdentity);
    MustParse(space + list, DocumentKind::kSession);
  }
  // Any other fault is told first.
  EXPECT_EQ(MustFail(" " + Policy(R"("Effect":"Allow","Action":"s3:*")"), DocumentKind::kIdentity).message,
            "Policy statement must contain resources.");
}

// What was accepted when it was saved goes on working, whatever rules came since; garbage does not.
TEST(ParseDocument, AStoredDocumentIsReadWhateverRulesCameLater) {
  const ParseOptions stored = {.is_stored = true};
  for (const std::string_view text :
       {R"( {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})",
        R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"},"Version":"2012-10-17"})",
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*",)"
        R"("Condition":{"IpAddress":{"aws:SourceIp":"intranet"},"StringEquals":{"a:b:c":"x"}}}]})"}) {
    EXPECT_EQ(ParseDocument(text, DocumentKind::kIdentity).document, nullptr) << text;
    EXPECT_NE(ParseDocument(text, DocumentKind::kIdentity, stored).document, nullptr) << text;
  }
  for (const std::string_view text : {"", "{}", R"({"Version":"2012-10-17","Statement":[]})"}) {
    EXPECT_EQ(ParseDocument(text, DocumentKind::kIdentity, stored).document, nullptr) << text;
  }
}

struct KeyCase {
  const char* key;
  bool accepted;
};
TEST(ParseDocument, CountsTheColonsOfConditionKeys) {
  const KeyCase cases[] = {
      {"aws:username", true},
      {"noColon", true},
      {":x", true},
      {"x:", true},
      {"aws:PrincipalTag/dp:exclude:identity", true},
      {"AWS:requesttag/a:b", true},
      {"s3:RequestObjectTag/k:v", true},
      {"oidc.eks.eu-west-1.amazonaws.com/id/AB:sub", true},
      {"KMS:encryptioncontext:aws:s3:arn", true},
      {"wardkeep:DayOfWeek/Europe/Paris", true},
      {"a:b:c", false},
      {"aws::x", false},
      {"aws:RequestTag:team", false},
      {"https://oidc.example/id/AB:sub", false},
      {"oidc.example:8443/id:sub", false},
      {"localhost:8443/id:sub", false},
      {"oidc.example/id:x:sub", false},
      {"kms:EncryptionContextKeys:x", false},
  };
  for (const KeyCase& c : cases) {
    const std::string condition = R"("Condition":{"StringEquals":{")" + std::string(c.key) + R"(":"v"}})";
    const std::string identity = Policy(R"("Effect":"Allow","Action":"s3:*","Resource":"*",)" + condition);
    const std::string trust = Policy(
        R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111122223333"},)" + condition);
    for (const auto& [text, kind] : {std::pair(identity, DocumentKind::kIdentity),
                                     {identity, DocumentKind::kPermissionsBoundary},
                                     {identity, DocumentKind::kSession},
                                     {trust, DocumentKind::kTrust}}) {
      if (c.accepted) {
        MustParse(text, kind);
      } else {
        EXPECT_EQ(MustFail(text, kind).message, "Condition can contain only one colon.") << c.key;
      }
    }
  }
}

TEST(ParseDocument, ControlPoliciesNeedNoVersionAndNameSupportedServices) {
  for (const std::string version : {"", R"("Version":"2008-10-17",)", R"("Version":"2012-10-17",)"}) {
    MustParse("{" + version + R"("Statement":[{"Effect":"Deny","Action":"iam:*","Resource":"*"}]})",
              DocumentKind::kServiceControl);
    for (const char* principal : {R"("*")", R"({"AWS":"*"})"}) {
      const auto rcp = [&](const std::string& action) {
        return "{" + version + R"("Statement":[{"Effect":"Deny","Principal":)" + principal +
               R"(,"Action":")" + action + R"(","Resource":"*"}]})";
      };
      for (const char* action : {"sqs:*", "SQS:SendMessage", "sts:AssumeRole", "s3:NoSuchAction"}) {
        MustParse(rcp(action), DocumentKind::kResourceControl);
      }
      for (const char* action : {"*", "*:*", "iam:*", "nosuch:Read", "s*:Get"}) {
        EXPECT_EQ(MustFail(rcp(action), DocumentKind::kResourceControl).code,
                  "MalformedPolicyDocumentException");
      }
    }
  }
  for (const char* principal :
       {R"(["*"])", R"({"AWS":"111122223333"})", R"({"Service":"*"})", R"({"AWS":["*","*"]})"}) {
    MustFail(
        Policy(R"("Effect":"Deny","Action":"sqs:*","Resource":"*","Principal":)" + std::string(principal)),
        DocumentKind::kResourceControl);
  }
}

TEST(ParseDocument, TrustAcceptsPatternsThatCoverAnAssumeRoleAction) {
  for (const std::string_view action :
       {"sts:*", "STS:assume*", "sts:?agSession", "sts:Set*", "sts:AssumeRoleWithSAML"}) {
    MustParse(Policy(R"("Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":")" +
                     std::string(action) + '"'),
              DocumentKind::kTrust);
  }
}

TEST(ParseDocument, PrincipalsMayBeUniqueIds) {
  const auto document = MustParse(
      Policy(R"("Effect":"Allow","Principal":{"AWS":["AIDAABCDEFGHIJKLMNOPQ","AROAABCDEFGHIJKLMNOPQ"]},)"
             R"("Action":"sts:AssumeRole")"),
      DocumentKind::kTrust);
  EXPECT_EQ(document->statements[0].principals[1].value, "AROAABCDEFGHIJKLMNOPQ");
}

TEST(ParseDocument, ThePartitionIsTheCallersChoice) {
  ParseOptions china;
  china.partition = "aws-cn";
  const std::string here = Policy(R"("Effect":"Allow","Action":"*","Resource":"arn:aws-cn:s3:::b")");
  MustParse(here, DocumentKind::kIdentity, china);
  EXPECT_EQ(MustFail(here).message, "Partition \"aws-cn\" is not valid for resource \"arn:aws-cn:s3:::b\".");
  EXPECT_EQ(MustFail(Policy(R"("Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b")"),
                     DocumentKind::kIdentity, china)
                .message,
            "Partition \"aws\" is not valid for resource \"arn:aws:s3:::b\".");
}

TEST(ParseDocument, FullAccessIsTheOnlyAllowOfAResourceControlPolicy) {
  ParseOptions options;
  options.accept_full_access_rcp = true;
  const std::string full = Policy(R"("Effect":"Allow","Principal":"*","Action":"*","Resource":"*")");
  MustParse(full, DocumentKind::kResourceControl, options);
  EXPECT_EQ(MustFail(full, DocumentKind::kResourceControl).code, "MalformedPolicyDocumentException");
  MustFail(Policy(R"("Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*")"),
           DocumentKind::kResourceControl, options);
  MustFail(Policy(R"("Effect":"Deny","Principal":"*","Action":"*","Resource":"*")"),
           DocumentKind::kResourceControl, options);
}

std::string Repeat(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(ParseDocument, HostileTextIsRefusedOrReadInBoundedTime) {
  const ProcessorTime took;
  for (const DocumentKind kind :
       {DocumentKind::kIdentity, DocumentKind::kTrust, DocumentKind::kServiceControl}) {
    MustFail(Repeat("[", 100'000), kind);
    MustFail(Repeat("{\"Statement\":", 50'000), kind);
    MustFail(
        Policy(R"("Effect":"Allow","Action":"*","Resource":)" + Repeat("[", 60'000) + Repeat("]", 60'000)),
        kind);
    EXPECT_EQ(MustFail(std::string(20'000'000, '*'), kind).code, "ValidationError");
    MustFail(std::string(500'000, '\xFF'), kind);
    MustFail("", kind);
  }
  MustParse(Policy(R"("Effect":"Allow","Action":"s3:)" + Repeat("*?", 200'000) + R"(","Resource":"*")"));
  MustParse(
      Policy(R"("Effect":"Allow","Action":[)" + Repeat("\"s3:Get\",", 50'000) + R"("a:b"],"Resource":"*")"));
  MustFail(Policy(R"("Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:)" + Repeat("*A", 200'000) + '"'),
           DocumentKind::kTrust);
  MustFail(Policy(R"("Effect":"Allow","Action":"*","Resource":"arn:)" + Repeat(":", 500'000) + '"'));
  std::string sids = R"({"Version":"2012-10-17","Statement":[)";
  for (int i = 0; i < 10'000; ++i) {
    sids += "{\"Sid\":\"s" + std::to_string(i) + R"(","Effect":"Deny","Action":"*","Resource":"*"},)" + "\n";
  }
  EXPECT_EQ(MustParse(sids + R"({"Effect":"Deny","Action":"*","Resource":"*"}]})")->statements.size(),
            10'001U);
  EXPECT_LT(took.Seconds(), 20);
}

TEST(CountPolicyCharacters, LeavesOutWhiteSpaceBetweenTokens) {
  EXPECT_EQ(CountPolicyCharacters(""), 0U);
  EXPECT_EQ(CountPolicyCharacters(" {\t\"a b\" :\r\n1 } "), 9U);
  EXPECT_EQ(CountPolicyCharacters(R"("a\" b" "c d")"), 12U);
  EXPECT_EQ(CountPolicyCharacters(R"("a\\" " ")"), 8U);
  EXPECT_EQ(CountPolicyCharacters("\"\xC3\xA9\""), 3U);
}

TEST(DocumentKindNames, ReadBack) {
  for (int i = 0; i < 8; ++i) {
    const auto kind = static_cast<DocumentKind>(i);
    EXPECT_EQ(ParseDocumentKind(DocumentKindName(kind)), kind);
  }
  EXPECT_EQ(ParseDocumentKind("policy"), std::nullopt);
}

}  // namespace
}  // namespace wardkeep::policy
