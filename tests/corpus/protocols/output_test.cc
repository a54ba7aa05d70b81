// Every `output` case: the result a client must see is encoded and compared with the bytes it was seen in, by
// meaning: XML and JSON trees, headers, status; for errors the code a client extracts, and its message.
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include <algorithm>
#include <vector>

#include "api/any_struct.h"
#include "base/http_message.h"
#include "corpus/protocols/params.h"
#include "corpus/protocols/vectors.h"
#include "json/parse.h"
#include "wire/aws_json.h"
#include "wire/aws_query.h"
#include "wire/rest_json.h"

namespace wardkeep::corpus {
namespace {

bool IsError(const Case& one) {
  return one.vector->Find("errorCode") != nullptr;
}

int StatusOf(const Case& one) {
  return static_cast<int>(one.At("response").Find("status_code")->AsInt64().value_or(200));
}

api::AnyStruct ResultOf(const Case& one) {
  api::AnyStruct response = api::AnyStruct::Make(*one.operation->output);
  FromParams(one.At("result"), *one.operation->output, response.data());
  return response;
}

// The error a handler would have returned: its message, and other members as text.
api::ApiError ErrorOf(const Case& one) {
  api::ApiError error{*one.At("errorCode").AsString(), StatusOf(one), {}, {}};
  for (const json::Member& member : one.At("error").members()) {
    if (member.key == "Message" || member.key == "message") {
      error.message = *member.value.AsString();
    } else {
      error.members.emplace_back(member.key, *member.value.AsString());
    }
  }
  return error;
}

// An element as text without namespaces and white space, children in a canonical order.
std::string Canonical(const pugi::xml_node& node) {
  std::vector<std::string> children;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element) children.push_back(Canonical(child));
  }
  std::string text = std::string("<") + node.name() + ">";
  if (children.empty()) text += node.text().get();
  std::ranges::stable_sort(children, {}, [](const std::string& s) { return s.substr(0, s.find('>')); });
  for (const std::string& child : children) text += child;
  text = text.find_first_not_of(" \n", text.find('>') + 1) == std::string::npos
             ? text.substr(0, text.find('>') + 1)
             : text;
  return text + "</>";
}

pugi::xml_document ParseXml(const std::string& text) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(text.c_str())) << text;
  return document;
}

void CheckQueryResult(const Case& one) {
  const api::AnyStruct response = ResultOf(one);
  const std::string text = wire::EncodeQueryResponse(*one.operation, response.data(), "id-1");
  const pugi::xml_document encoded = ParseXml(text);
  const std::string operation(one.operation->name);
  const pugi::xml_node root = encoded.child((operation + "Response").c_str());
  ASSERT_TRUE(root) << text;
  EXPECT_EQ(root.child("ResponseMetadata").child_value("RequestId"), std::string("id-1"));
  const pugi::xml_node result = root.child((operation + "Result").c_str());
  EXPECT_EQ(static_cast<bool>(result), one.operation->has_output);
  const std::string body = one.Text("response", "body");
  if (body.empty()) {
    EXPECT_FALSE(result.first_child()) << text;
    return;
  }
  const pugi::xml_document expected = ParseXml(body);
  // Vectors of recorded services name another operation; the result element is what counts.
  const pugi::xml_node wanted = expected.first_child().first_child();
  EXPECT_EQ(Canonical(result), Canonical(wanted)) << text << body;
}

void CheckQueryError(const Case& one) {
  const std::string text = wire::EncodeQueryError(ErrorOf(one), "https://example.com/", "foo-id");
  const pugi::xml_document encoded = ParseXml(text);
  const pugi::xml_document expected = ParseXml(one.Text("response", "body"));
  EXPECT_EQ(Canonical(encoded.first_child()), Canonical(expected.first_child())) << text;
}

void CheckQuery(const Case& one) {
  IsError(one) ? CheckQueryError(one) : CheckQueryResult(one);
}

void ExpectSameJson(const std::string& text, const std::string& expected) {
  const auto a = json::Parse(text);
  const auto b = json::Parse(expected);
  ASSERT_TRUE(a.has_value()) << text;
  ASSERT_TRUE(b.has_value()) << expected;
  EXPECT_TRUE(SameJson(*a, *b)) << "encoded: " << text << "\nexpected: " << expected;
}

// What every SDK does with an error type: drop the namespace before '#' and the link after ':'.
std::string ClientCode(std::string text) {
  text = text.substr(0, text.find(':'));
  const size_t hash = text.find('#');
  return hash == std::string::npos ? text : text.substr(hash + 1);
}

struct SeenError {
  std::string code;
  std::string message;
  size_t other_members = 0;
};

SeenError SeeError(const base::HttpHeaders& headers, const std::string& body) {
  SeenError seen;
  if (const std::string* type = base::FindHeader(headers, "x-amzn-ErrorType")) seen.code = ClientCode(*type);
  if (body.empty()) return seen;
  const auto root = json::Parse(body);
  EXPECT_TRUE(root.has_value()) << body;
  for (const json::Member& member : root->members()) {
    const bool type = member.key == "__type" || member.key == "code";
    if (type && seen.code.empty()) seen.code = ClientCode(*member.value.AsString());
    const bool message = member.key == "message" || member.key == "Message";
    if (message) seen.message = *member.value.AsString();
    if (!type && !message) ++seen.other_members;
  }
  return seen;
}

base::HttpHeaders ExpectedHeaders(const Case& one) {
  base::HttpHeaders headers;
  const json::Value* fields = one.At("response").Find("headers");
  if (fields == nullptr) return headers;
  for (const json::Member& field : fields->members())
    headers.emplace_back(field.key, *field.value.AsString());
  return headers;
}

void ExpectSameError(const Case& one, const base::HttpHeaders& headers, const std::string& body) {
  const SeenError expected = SeeError(ExpectedHeaders(one), one.Text("response", "body"));
  const SeenError seen = SeeError(headers, body);
  EXPECT_EQ(seen.code, expected.code);
  EXPECT_EQ(seen.message, expected.message);
  EXPECT_EQ(seen.other_members, expected.other_members);
}

void CheckAwsJson(const Case& one) {
  if (IsError(one)) {
    const api::ApiError error = ErrorOf(one);
    // With the header, and by the body alone.
    ExpectSameError(one, {{"x-amzn-ErrorType", std::string(wire::AwsJsonErrorType(error))}},
                    wire::EncodeAwsJsonError(error));
    ExpectSameError(one, {}, wire::EncodeAwsJsonError(error, "aws.protocoltests.json10"));
    return;
  }
  const api::AnyStruct response = ResultOf(one);
  const std::string body = one.Text("response", "body");
  ExpectSameJson(wire::EncodeAwsJsonResponse(*one.operation, response.data()), body.empty() ? "{}" : body);
}

void ExpectHeaders(const Case& one, const wire::RestResponse& response) {
  for (const auto& [name, value] : ExpectedHeaders(one)) {
    if (name == "Content-Length") continue;  // the listener's
    const std::string* sent = base::FindHeader(response.headers, name);
    ASSERT_NE(sent, nullptr) << name;
    EXPECT_EQ(*sent, value) << name;
  }
}

void CheckRestJson(const Case& one) {
  if (IsError(one)) {
    const wire::RestResponse response = wire::EncodeRestJsonError(ErrorOf(one));
    EXPECT_EQ(response.status, StatusOf(one));
    ExpectSameError(one, response.headers, response.body);
    return;
  }
  const api::AnyStruct result = ResultOf(one);
  const wire::RestResponse response = wire::EncodeRestJsonResponse(*one.operation, result.data());
  EXPECT_EQ(response.status, StatusOf(one));
  ExpectHeaders(one, response);
  const std::string body = one.Text("response", "body");
  const bool raw = !one.operation->output->payload.empty() && body.find_first_of("{\"") != 0;
  if (raw || body == response.body) {
    EXPECT_EQ(response.body, body);
  } else {
    // No body and an empty object are the same to a client.
    ExpectSameJson(response.body.empty() ? "{}" : response.body, body.empty() ? "{}" : body);
  }
}

TEST(ProtocolOutput, QueryResponsesAreEncoded) {
  ForEachCase("output/query", CheckQuery);
}
TEST(ProtocolOutput, Json11ResponsesAreEncoded) {
  ForEachCase("output/json", CheckAwsJson);
}
TEST(ProtocolOutput, Json10ResponsesAreEncoded) {
  ForEachCase("output/json_1_0", CheckAwsJson);
}
TEST(ProtocolOutput, RestJsonResponsesAreEncoded) {
  ForEachCase("output/rest-json", CheckRestJson);
}

}  // namespace
}  // namespace wardkeep::corpus
