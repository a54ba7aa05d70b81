// Every `input` case: the bytes a client sends are decoded and compared with the parameters it was given.
#include <gtest/gtest.h>

#include "api/any_struct.h"
#include "base/http_message.h"
#include "corpus/protocols/params.h"
#include "corpus/protocols/vectors.h"
#include "wire/aws_json.h"
#include "wire/aws_query.h"
#include "wire/form.h"
#include "wire/rest_json.h"

namespace wardkeep::corpus {
namespace {

void CheckQuery(const Case& one) {
  const auto form = wire::ParseForm(one.Text("serialized", "body"));
  ASSERT_TRUE(form.has_value());
  const std::string* action = form->Find("Action");
  ASSERT_NE(action, nullptr);
  EXPECT_EQ(*action, one.operation->name);
  api::AnyStruct request = api::AnyStruct::Make(*one.operation->input);
  ASSERT_TRUE(wire::DecodeQuery(*form, *one.operation->input, request.data()).has_value());
  ExpectParams(*one.operation->input, request.data(), one.At("params"));
}

void CheckAwsJson(const Case& one) {
  const json::Value* headers = one.At("serialized").Find("headers");
  const json::Value* target = headers == nullptr ? nullptr : headers->Find("X-Amz-Target");
  if (target != nullptr) {
    EXPECT_EQ(wire::TargetOperation(*one.operation->service, *target->AsString()), one.operation->name);
  }
  api::AnyStruct request = api::AnyStruct::Make(*one.operation->input);
  const auto outcome =
      wire::DecodeAwsJson(one.Text("serialized", "body"), *one.operation->input, request.data());
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  ExpectParams(*one.operation->input, request.data(), one.At("params"));
}

base::HttpHeaders HeadersOf(const Case& one) {
  base::HttpHeaders headers;
  const json::Value* fields = one.At("serialized").Find("headers");
  if (fields == nullptr) return headers;
  for (const json::Member& field : fields->members())
    headers.emplace_back(field.key, *field.value.AsString());
  return headers;
}

void CheckRestJson(const Case& one) {
  const std::string uri = one.Text("serialized", "uri");
  const size_t question = uri.find('?');
  const auto query = wire::ParseForm(question == std::string::npos ? "" : uri.substr(question + 1));
  ASSERT_TRUE(query.has_value());
  const base::HttpHeaders headers = HeadersOf(one);
  const std::string path = uri.substr(0, question);
  const std::string body = one.Text("serialized", "body");
  EXPECT_EQ(one.Text("serialized", "method"), one.operation->http_method);
  api::AnyStruct request = api::AnyStruct::Make(*one.operation->input);
  const auto outcome = wire::DecodeRestJson(*one.operation, {path, *query, headers, body}, request.data());
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  ExpectParams(*one.operation->input, request.data(), one.At("params"));
}

TEST(ProtocolInput, QueryRequestsAreDecoded) {
  ForEachCase("input/query", CheckQuery);
}
TEST(ProtocolInput, Json11RequestsAreDecoded) {
  ForEachCase("input/json", CheckAwsJson);
}
TEST(ProtocolInput, Json10RequestsAreDecoded) {
  ForEachCase("input/json_1_0", CheckAwsJson);
}
TEST(ProtocolInput, RestJsonRequestsAreDecoded) {
  ForEachCase("input/rest-json", CheckRestJson);
}

}  // namespace
}  // namespace wardkeep::corpus
