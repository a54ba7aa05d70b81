// The evaluate format itself: what an answer holds, and what makes a line unusable.
#include "evaluate_format/line.h"

#include <gtest/gtest.h>

#include <string>

namespace wardkeep::evaluate_format {
namespace {

constexpr const char* kAllowAll =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}]})";

std::string Line(const std::string& principal, const std::string& policies,
                 const std::string& context = "{}") {
  return R"({"id":7,"request":{"principal":)" + principal +
         R"(,"action":"s3:GetObject","resource":{"arn":"arn:aws:s3:::b/k"},"context":)" + context +
         R"(},"policies":)" + policies + "}";
}

constexpr const char* kAnn = R"({"arn":"arn:aws:iam::111122223333:user/ann"})";

std::string Answer(const std::string& line, bool explain = false) {
  bool ok = false;
  std::string answer = EvaluateLine(line, 3, explain, &ok);
  EXPECT_TRUE(ok) << answer;
  return answer;
}

std::string Error(const std::string& line) {
  bool ok = true;
  std::string answer = EvaluateLine(line, 3, false, &ok);
  EXPECT_FALSE(ok) << answer;
  return answer;
}

TEST(EvaluateLine, NamesTheStatementByNumberOrName) {
  EXPECT_EQ(Answer(Line(kAnn, std::string(R"({"identity":[)") + kAllowAll + "]}")),
            R"({"id":7,"decision":"allowed","reason":{"policyType":"identity","policy":"0","statement":0,)"
            R"("sid":"All"},"missingLayers":[]})");
  EXPECT_EQ(Answer(Line(kAnn, std::string(R"({"identity":[{"name":"base","document":)") + kAllowAll + "}]}")),
            R"({"id":7,"decision":"allowed","reason":{"policyType":"identity","policy":"base","statement":0,)"
            R"("sid":"All"},"missingLayers":[]})");
}

TEST(EvaluateLine, NumbersControlPoliciesThroughAllLevels) {
  const std::string deny =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}})";
  const std::string levels = std::string(R"({"serviceControl":[{"id":"r","policies":[)") + kAllowAll + "," +
                             kAllowAll + R"(]},{"id":"a","policies":[)" + kAllowAll + "," + deny + "]}]}";
  EXPECT_EQ(Answer(Line(kAnn, levels)),
            R"({"id":7,"decision":"explicitDeny","reason":{"policyType":"serviceControl","policy":"3",)"
            R"("statement":0},"missingLayers":[]})");
}

TEST(EvaluateLine, NamesWhatWasMissing) {
  const std::string narrow = std::string(R"({"identity":[)") + kAllowAll + R"(],"permissionsBoundary":[]})";
  EXPECT_EQ(Answer(Line(kAnn, narrow)),
            R"({"id":7,"decision":"implicitDeny","missingLayers":["permissionsBoundary"]})");
  EXPECT_EQ(Answer(Line(R"({"arn":"arn:aws:iam::111122223333:root"})", "{}")),
            R"({"id":7,"decision":"allowed","rule":"rootUser","missingLayers":[]})");
}

TEST(EvaluateLine, ExplainsMatchesWithPositionsAndMissingKeys) {
  const std::string conditioned =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*",)"
      R"("Condition":{"Bool":{"aws:SecureTransport":"false"}}}]})";
  const std::string policies = std::string(R"({"identity":[)") + kAllowAll + "," + conditioned + "]}";
  const std::string answer = Answer(Line(kAnn, policies), true);
  EXPECT_NE(answer.find(R"("matched":[{"policyType":"identity","policy":"0","statement":0,"sid":"All",)"
                        R"("effect":"Allow","start":{"line":1,"column":38},"end":{"line":1,"column":96}}])"),
            std::string::npos)
      << answer;
  EXPECT_NE(answer.find(R"("missingContextKeys":["aws:SecureTransport"])"), std::string::npos) << answer;
}

TEST(EvaluateLine, FillsRecurringTimeFromTheTimeOfTheRequest) {
  const std::string office =
      R"({"identity":[{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":)"
      R"({"StringEquals":{"wardkeep:DayOfWeek/Europe/Paris":["Mon","Tue","Wed","Thu","Fri"]},)"
      R"("NumericGreaterThanEquals":{"wardkeep:SecondOfDay/Europe/Paris":32400},)"
      R"("NumericLessThan":{"wardkeep:SecondOfDay/Europe/Paris":"64800"}}}]}]})";
  const auto at = [&](const std::string& time) {
    return Answer(Line(kAnn, office, R"({"aws:CurrentTime":")" + time + R"("})")).find("allowed") !=
           std::string::npos;
  };
  EXPECT_TRUE(at("2026-07-13T07:00:00Z"));  // Monday 09:00 in Paris
  EXPECT_FALSE(at("2026-07-13T06:59:59Z"));
  EXPECT_FALSE(at("2026-07-13T16:00:00Z"));  // 18:00
  EXPECT_FALSE(at("2026-07-11T10:00:00Z"));  // Saturday
}

TEST(EvaluateLine, GivesAwsMessageForARefusedDocument) {
  const std::string answer = Error(Line(kAnn, R"({"identity":[{"Version":"2008-10-17","Statement":[]}]})"));
  EXPECT_EQ(
      answer,
      R"({"id":7,"error":{"code":"MalformedPolicyDocument","message":"Syntax errors in policy.",)"
      R"("line":3,"policyType":"identity","policy":"0","at":"Statement","position":{"line":1,"column":37}}})");
  const std::string repeated =
      R"({"identity":[{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}]})";
  EXPECT_NE(Error(Line(kAnn, repeated)).find("Syntax errors in policy."), std::string::npos);
}

TEST(EvaluateLine, RefusesLinesThatDoNotFollowTheFormat) {
  const std::string allow = std::string(R"({"identity":[)") + kAllowAll + "]}";
  const std::string lines[] = {
      "",
      "{",
      "[]",
      "7",
      "{}",
      R"({"id":7})",
      R"({"request":{},"policies":{}})",
      Line("7", allow),
      Line("{}", allow),
      Line(R"({"arn":""})", allow),
      Line(R"({"arn":"ann"})", allow),
      Line(R"({"arn":"arn:aws:iam::1:user/ann"})", allow),
      Line(R"({"arn":"arn:aws:iam::111122223333:group/g"})", allow),
      Line(R"({"arn":"arn:aws:sts::111122223333:assumed-role/R"})", allow),
      Line(R"({"arn":"arn:aws:iam::111122223333:root","service":"ec2.amazonaws.com"})", allow),
      Line(R"({"arn":"arn:aws:iam::111122223333:root","name":"x"})", allow),
      Line(R"({"arn":"arn:aws:iam::111122223333:root","tags":{"a":1}})", allow),
      Line(R"({"arn":"arn:aws:iam::111122223333:root","sessionKind":"other"})", allow),
      Line(kAnn, "[]"),
      Line(kAnn, R"({"identities":[]})"),
      Line(kAnn, R"({"identity":{}})"),
      Line(kAnn, R"({"identity":[7]})"),
      Line(kAnn, R"({"identity":[{"name":"x","document":7}]})"),
      Line(kAnn, R"({"serviceControl":[{"id":"r"}]})"),
      Line(kAnn, R"({"resource":[]})"),
      Line(kAnn, allow, R"({"a:b":null})"),
      Line(kAnn, allow, R"({"a:b":{}})"),
      Line(kAnn, allow, R"({"a:b":[[]]})"),
      Line(kAnn, allow, R"({"a:b":"1","A:B":"2"})"),
      Line(kAnn, allow, R"({"a:b":"1","a:b":"2"})"),
      "\xff" + Line(kAnn, allow),
      std::string(2000, '['),
  };
  for (const std::string& line : lines) {
    const std::string answer = Error(line);
    EXPECT_NE(answer.find(R"("error":{"code":"Invalid)"), std::string::npos) << line << " gave " << answer;
    EXPECT_NE(answer.find(R"("line":3)"), std::string::npos) << answer;
  }
}

TEST(EvaluateLine, EchoesAnyId) {
  std::string line = Line(kAnn, "{}");
  for (const std::string id : {"null", R"("a\"b")", "[1,{\"x\":2.50}]", "true"}) {
    const std::string other = R"({"id":)" + id + line.substr(line.find(','));
    EXPECT_EQ(Answer(other).rfind(R"({"id":)" + id + ",", 0), 0U) << other;
  }
}

}  // namespace
}  // namespace wardkeep::evaluate_format
