// The C interface on input that no well-meant program sends: a status for each, in bounded time, and nothing
// given back.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "processor_time.h"
#include "wardkeep/wardkeep.h"

namespace wardkeep::capi {
namespace {

constexpr const char* kAnn = R"({"arn":"arn:aws:iam::111122223333:user/ann"})";

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// "x0","x1",...: `count` of them.
std::string Numbered(const std::string& before, const std::string& after, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += (i == 0 ? "" : ",") + before + std::to_string(i) + after;
  return all;
}

std::string Document(const std::string& statement) {
  return R"({"Version":"2012-10-17","Statement":[)" + statement + "]}";
}

std::string Identity(const std::string& statement) {
  return R"({"identity":[)" + Document(statement) + "]}";
}

std::string Request(const std::string& resource, const std::string& context = "{}") {
  return std::string(R"({"principal":)") + kAnn + R"(,"action":"s3:GetObject","resource":{"arn":")" +
         resource + R"("},"context":)" + context + "}";
}

std::string Line(const std::string& request, const std::string& policies) {
  return R"({"id":1,"request":)" + request + R"(,"policies":)" + policies + "}";
}

struct Case {
  const char* name;
  std::string line;
  wk_status status;
};

std::vector<Case> BrokenLines() {
  const std::string good = Line(Request("arn:aws:s3:::b/k"), "{}");
  return {
      {"empty", "", WK_INVALID_JSON},
      {"white space", "  \n\t", WK_INVALID_JSON},
      {"only NULs", std::string(64, '\0'), WK_INVALID_JSON},
      {"a NUL inside", std::string("{\"id\0\":1}", 9), WK_INVALID_JSON},
      {"cut short", good.substr(0, good.size() - 1), WK_INVALID_JSON},
      {"text after it", good + "{}", WK_INVALID_JSON},
      {"not UTF-8", "{\"id\":\"\xC3\x28\"}", WK_INVALID_JSON},
      {"a lone surrogate", R"({"id":"\ud800"})", WK_INVALID_JSON},
      {"a byte order mark", "\xEF\xBB\xBF" + good, WK_INVALID_JSON},
      {"a million brackets", std::string(1'000'000, '['), WK_INVALID_JSON},
      {"nested a thousand times", Repeat("[", 1000) + Repeat("]", 1000), WK_INVALID_JSON},
      {"a member twice", R"({"id":1,"id":2,"request":{},"policies":{}})", WK_INVALID_INPUT},
      {"a good line with an id twice", R"({"id":2,)" + good.substr(1), WK_INVALID_JSON},
      {"not an object", "[]", WK_INVALID_INPUT},
      {"a number", "1e999999999", WK_INVALID_INPUT},
      {"no request", R"({"policies":{}})", WK_INVALID_INPUT},
      {"no policies", R"({"request":)" + Request("*") + "}", WK_INVALID_INPUT},
      {"an unknown member of policies", Line(Request("*"), R"({"identiti":[]})"), WK_INVALID_INPUT},
      {"a principal of an odd kind",
       R"({"request":{"principal":7,"action":"a:b","resource":{"arn":"*"}},)"
       R"("policies":{}})",
       WK_INVALID_INPUT},
      {"an object as context value", Line(Request("*", R"({"a:b":{"c":1}})"), "{}"), WK_INVALID_INPUT},
      {"a context key twice", Line(Request("*", R"({"a:b":1,"A:B":2})"), "{}"), WK_INVALID_INPUT},
      {"too many context keys", Line(Request("*", "{" + Numbered("\"a:", "\":1", 5000) + "}"), "{}"),
       WK_TOO_LARGE},
      {"a document that is no policy", Line(Request("*"), R"({"identity":[{}]})"), WK_REFUSED_DOCUMENT},
      {"a statement with Effect twice",
       Line(Request("*"), Identity(R"({"Effect":"Deny","Effect":"Allow","Action":"a:b","Resource":"*"})")),
       WK_REFUSED_DOCUMENT},
      {"a condition nested too deeply",
       Line(Request("*"), Identity(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
                                   Repeat(R"({"a":)", 40) + "1" + Repeat("}", 40) + "}")),
       WK_REFUSED_DOCUMENT},
      {"longer than the limit", good + std::string(WK_MAX_JSON, ' '), WK_TOO_LARGE},
  };
}

// Decided, each within a bound of processor time.
std::vector<Case> HeavyLines() {
  const std::string key(8192, 'a');
  const std::string resource = "arn:aws:s3:::" + key;
  const auto allow = [](const std::string& resources, const std::string& condition) {
    return Identity(R"({"Effect":"Allow","Action":"s3:*","Resource":)" + resources +
                    (condition.empty() ? "" : R"(,"Condition":)" + condition) + "}");
  };
  const std::string values = "[" + Numbered("\"v", "\"", 1500) + "]";
  return {
      {"stars that nearly match",
       Line(Request(resource), allow(R"(["arn:aws:s3:::)" + Repeat("*a", 2000) + "*b\"]", "")), WK_OK},
      {"many hostile patterns",
       Line(Request(resource),
            allow("[" + Numbered("\"arn:aws:s3:::" + Repeat("*a?", 8) + "*b", "\"", 2000) + "]", "")),
       WK_OK},
      {"thousands of values against thousands of values",
       Line(Request("*", R"({"a:k":)" + values + "}"),
            allow("\"*\"", R"({"ForAllValues:StringEquals":{"a:k":)" + values + "}}")),
       WK_OK},
      {"thousands of patterns against thousands of values",
       Line(Request("*", R"({"a:k":[)" + Numbered("\"v", "\"", 500) + "]}"),
            allow("\"*\"", R"({"ForAnyValue:StringLike":{"a:k":[)" + Numbered("\"*w", "*\"", 1000) + "]}}")),
       WK_OK},
      {"every kind of value at its edge",
       Line(Request("*", R"({"a:n":1e308,"a:m":-0.0,"a:s":"","a:e":[],"a:t":true,"":"x","aws:currenttime":)"
                         R"("9999999999999999999","aws:SourceIp":"::ffff:999.1.1.1"})"),
            allow("\"*\"", R"({"NumericLessThan":{"a:n":"9999999999999999999999999999999999"},)"
                           R"("IpAddress":{"aws:SourceIp":"::/0"},"DateLessThan":{"aws:CurrentTime":)"
                           R"("2026-01-01T00:00:00Z"}})")),
       WK_OK},
      {"as many documents as fit",
       Line(Request("*"), R"({"identity":[)" +
                              Repeat(Document(R"({"Effect":"Allow","Action":)"
                                              R"("a:b","Resource":"*"})") +
                                         ",",
                                     20000) +
                              Document(R"({"Effect":"Allow","Action":"a:c",)"
                                       R"("Resource":"*"})") +
                              "]}"),
       WK_OK},
      {"patterns and a resource too large together",
       Line(Request("arn:aws:s3:::" + std::string(3'000'000, 'a')),
            allow("[" + Numbered("\"arn:aws:s3:::*a*", "\"", 20000) + "]", "")),
       WK_TOO_LARGE},
  };
}

class Texts {
 public:
  ~Texts() { wk_text_free(text); }
  wk_text* text = nullptr;
};

void ExpectAnswer(const Case& line) {
  for (const uint32_t flags : {uint32_t{0}, WK_EXPLAIN}) {
    Texts answer;
    const ProcessorTime took;
    EXPECT_EQ(wk_evaluate_json(line.line.data(), line.line.size(), flags, &answer.text), line.status)
        << line.name << ": " << std::string(wk_text_data(answer.text)).substr(0, 300);
    EXPECT_LT(took.Seconds(), 20) << line.name;
    const std::string text(wk_text_data(answer.text), wk_text_size(answer.text));
    const std::string member = line.status == WK_OK ? "\"decision\":" : "\"error\":";
    EXPECT_NE(text.find(member), std::string::npos) << line.name;
  }
}

TEST(HostileInput, BrokenLinesGiveAStatusAndAnErrorObject) {
  for (const Case& line : BrokenLines()) ExpectAnswer(line);
}

TEST(HostileInput, MoreThanAMillionValuesAreRefused) {
  const std::string json = R"({"identity":[)" + Repeat("0,", 1'000'000) + "0]}";
  wk_policies* policies = nullptr;
  EXPECT_EQ(wk_policies_compile(json.data(), json.size(), 0, &policies, nullptr), WK_INVALID_JSON);
  EXPECT_EQ(policies, nullptr);
}

TEST(HostileInput, HeavyLinesAreDecidedInBoundedTime) {
  for (const Case& line : HeavyLines()) ExpectAnswer(line);
}

// The same texts through the compiled way: what is not a set of policies or a request is refused.
TEST(HostileInput, BrokenTextsCompileToNothing) {
  for (const Case& line : BrokenLines()) {
    Texts error;
    wk_policies* policies = nullptr;
    EXPECT_NE(wk_policies_compile(line.line.data(), line.line.size(), 0, &policies, &error.text), WK_OK)
        << line.name;
    EXPECT_EQ(policies, nullptr);
    EXPECT_NE(error.text, nullptr) << line.name;
    Texts request_error;
    wk_request* request = nullptr;
    EXPECT_NE(wk_request_parse(line.line.data(), line.line.size(), &request, &request_error.text), WK_OK)
        << line.name;
    EXPECT_EQ(request, nullptr);
    EXPECT_NE(request_error.text, nullptr) << line.name;
  }
}

// Indexes are made only for compiled policies; their size must not grow with the square of the statements.
TEST(HostileInput, IndexesOfManyOddStatementsStaySmall) {
  std::string documents;
  for (int i = 0; i < 10; ++i) {
    std::string statements;
    for (int j = 0; j < 1000; ++j) {
      const std::string number = std::to_string(1000 * i + j);
      statements += (j == 0 ? "" : ",") + (R"({"Effect":"Allow","Action":"s)" + number + ":a" + number) +
                    R"(*","Resource":"arn:aws:s3:::*)" + number + R"("})";
    }
    documents += (i == 0 ? "" : ",") + Document(statements);
  }
  const std::string json = R"({"identity":[)" + documents + "]}";
  wk_policies* policies = nullptr;
  Texts error;
  const ProcessorTime took;
  const wk_status status = wk_policies_compile(json.data(), json.size(), 0, &policies, &error.text);
  EXPECT_EQ(status, WK_OK) << wk_text_data(error.text);
  EXPECT_LT(took.Seconds(), 30);
  wk_policies_free(policies);
}

}  // namespace
}  // namespace wardkeep::capi
