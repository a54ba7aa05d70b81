#include "wire/aws_json.h"

#include <gtest/gtest.h>

#include "api/iam/types.h"

namespace wardkeep::wire {
namespace {

const api::Operation& Find(std::string_view name) {
  return *api::FindOperation(*api::FindService("iam"), name);
}

// The IAM shapes stand in for a JSON service's: the codec knows only tables.
std::string Refusal(std::string_view operation, std::string_view body) {
  const api::Shape& input = *Find(operation).input;
  void* request = input.structure->create();
  const auto outcome = DecodeAwsJson(body, input, request);
  input.structure->destroy(request);
  return outcome.has_value() ? "" : outcome.error().code + ": " + outcome.error().message;
}

TEST(AwsJsonDecode, ReadsMembersAndIgnoresTheRest) {
  api::iam::CreateUserRequest request;
  const auto outcome =
      DecodeAwsJson(R"({"UserName":"a","Path":null,"Else":{"x":[1]},"Tags":[{"Key":"k","Value":"v"},null]})",
                    *Find("CreateUser").input, &request);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(request.user_name, "a");
  EXPECT_FALSE(request.path.has_value());
  ASSERT_EQ(request.tags->size(), 1u);
}

TEST(AwsJsonDecode, AnEmptyBodyIsAnEmptyObject) {
  EXPECT_EQ(Refusal("CreateUser", ""), "");
  EXPECT_EQ(Refusal("CreateUser", "{}"), "");
}

TEST(AwsJsonDecode, WrongTypesAreSerializationExceptions) {
  const struct {
    std::string_view operation;
    std::string_view body;
    std::string_view error;
  } rows[] = {
      {"CreateUser", R"({"UserName":{}})",
       "SerializationException: Start of structure or map found where not expected."},
      {"CreateUser", R"({"UserName":["a"]})",
       "SerializationException: Start of structure or map found where not expected."},
      {"CreateUser", R"({"UserName":1})",
       "SerializationException: NUMBER_VALUE can not be converted to a String"},
      {"ListUsers", R"({"MaxItems":"1"})",
       "SerializationException: STRING_VALUE can not be converted to a Integer"},
      {"ListUsers", R"({"MaxItems":true})",
       "SerializationException: TRUE_VALUE can not be converted to a Integer"},
      {"ListUsers", R"({"MaxItems":2147483648})",
       "SerializationException: NUMBER_VALUE can not be converted to a Integer"},
      {"CreateUser", R"({"Tags":"x"})",
       "SerializationException: STRING_VALUE can not be converted to a List"},
      {"CreateUser", "[]", "SerializationException: Start of structure or map found where not expected."},
  };
  for (const auto& row : rows) EXPECT_EQ(Refusal(row.operation, row.body), row.error) << row.body;
}

TEST(AwsJsonDecode, TextThatIsNoJsonIsRefused) {
  for (const std::string& body :
       {std::string("{"), std::string("{}x"), std::string(R"({"UserName":"a","UserName":"b"})"),
        std::string("\xFF"), std::string(100'000, '['), std::string("nul")}) {
    EXPECT_EQ(Refusal("CreateUser", body).rfind("SerializationException", 0), 0u) << body.substr(0, 20);
  }
}

TEST(AwsJson, TargetsNeedTheWholePrefix) {
  api::Service service;
  service.target_prefix = "AWSOrganizationsV20161128";
  EXPECT_EQ(TargetOperation(service, "AWSOrganizationsV20161128.ListRoots"), "ListRoots");
  EXPECT_EQ(TargetOperation(service, "AWSOrganizationsV20161128ListRoots"), "");
  EXPECT_EQ(TargetOperation(service, "Other.ListRoots"), "");
  EXPECT_EQ(TargetOperation(*api::FindService("iam"), ".X"), "");
}

TEST(AwsJson, ErrorsUseTheNamesOfJsonProtocols) {
  EXPECT_EQ(EncodeAwsJsonError(api::AccessDenied("no")),
            R"({"__type":"AccessDeniedException","Message":"no"})");
  EXPECT_EQ(
      EncodeAwsJsonError(api::InvalidClientTokenId()),
      R"({"__type":"UnrecognizedClientException","Message":"The security token included in the request is invalid."})");
  EXPECT_EQ(EncodeAwsJsonError(api::UnknownOperation()), R"({"__type":"UnknownOperationException"})");
}

TEST(AwsJson, TheFrontDoorRefusesWith400) {
  EXPECT_EQ(AwsJsonErrorStatus(api::AccessDenied("no")), 400);
  EXPECT_EQ(AwsJsonErrorStatus(api::InternalFailure()), 500);
  EXPECT_EQ(AwsJsonErrorStatus({"OrganizationNotFoundException", 404, "", {}}), 404);
}

}  // namespace
}  // namespace wardkeep::wire
