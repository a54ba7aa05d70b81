#include "api/validate.h"

#include <gtest/gtest.h>

#include "api/any_struct.h"
#include "api/iam/types.h"
#include "api/sts/types.h"

namespace wardkeep::api {
namespace {

template <typename Request>
ApiError Refusal(std::string_view service_name, std::string_view operation_name, const Request& request) {
  const Service& service = *FindService(service_name);
  const auto outcome = Validate(service, *FindOperation(service, operation_name)->input, &request);
  return outcome.has_value() ? ApiError{"", 200, "", {}} : outcome.error();
}

template <typename Request>
std::string Message(std::string_view service_name, std::string_view operation_name, const Request& request) {
  return Refusal(service_name, operation_name, request).message;
}

iam::CreateUserRequest User(std::string name) {
  iam::CreateUserRequest request;
  request.user_name = std::move(name);
  return request;
}

sts::AssumeRoleRequest AssumeRole() {
  sts::AssumeRoleRequest request;
  request.role_arn = "arn:aws:iam::123456789012:role/demo";
  request.role_session_name = "session";
  return request;
}

TEST(Validate, AcceptsEveryBorderOfALength) {
  EXPECT_EQ(Message("iam", "CreateUser", User("a")), "");
  EXPECT_EQ(Message("iam", "CreateUser", User(std::string(64, 'a'))), "");
  EXPECT_NE(Message("iam", "CreateUser", User("")), "");
  EXPECT_NE(Message("iam", "CreateUser", User(std::string(65, 'a'))), "");
}

TEST(Validate, IamSaysNeitherNullNorTheValue) {
  const ApiError error = Refusal("iam", "CreateUser", iam::CreateUserRequest{});
  EXPECT_EQ(error.code, "ValidationError");
  EXPECT_EQ(error.http_status, 400);
  EXPECT_EQ(error.message,
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not "
            "be null");
  EXPECT_EQ(Message("iam", "CreateUser", User(std::string(65, 'a'))),
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have "
            "length "
            "less than or equal to 64");
}

TEST(Validate, StsShowsTheValue) {
  sts::AssumeRoleRequest request = AssumeRole();
  request.role_session_name = "Session1:2";
  EXPECT_EQ(Message("sts", "AssumeRole", request),
            "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy "
            "constraint: Member "
            "must satisfy regular expression pattern: [\\w+=,.@-]*");
  request = AssumeRole();
  request.duration_seconds = 899;
  EXPECT_EQ(Message("sts", "AssumeRole", request),
            "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: "
            "Member must "
            "have value greater than or equal to 900");
}

TEST(Validate, IamShowsNumbers) {
  iam::ListUsersRequest request;
  request.max_items = 0;
  EXPECT_EQ(Message("iam", "ListUsers", request),
            "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must "
            "have value "
            "greater than or equal to 1");
  request.max_items = 1001;
  EXPECT_EQ(Message("iam", "ListUsers", request),
            "1 validation error detected: Value '1001' at 'maxItems' failed to satisfy constraint: Member "
            "must have "
            "value less than or equal to 1000");
}

TEST(Validate, SecretsAreNeverQuoted) {
  sts::AssumeRoleWithWebIdentityRequest request;
  request.role_arn = "arn:aws:iam::123456789012:role/demo";
  request.role_session_name = "session";
  request.web_identity_token = "abc";
  const std::string message = Message("sts", "AssumeRoleWithWebIdentity", request);
  EXPECT_NE(message.find("Value at 'webIdentityToken'"), std::string::npos) << message;
  EXPECT_EQ(message.find("abc"), std::string::npos);
}

TEST(Validate, ViolationsAreListedInModelOrder) {
  sts::AssumeRoleRequest request;
  request.role_session_name = "x";
  EXPECT_EQ(
      Message("sts", "AssumeRole", request),
      "2 validation errors detected: Value at 'roleArn' failed to satisfy constraint: Member must not be "
      "null; "
      "Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or "
      "equal to 2");
}

TEST(Validate, NestedPathsCountFromOne) {
  iam::TagUserRequest request;
  request.user_name = "bob";
  request.tags.emplace().resize(2);
  (*request.tags)[0] = {"k", "v"};
  (*request.tags)[1] = {std::string(129, 'k'), std::nullopt};
  EXPECT_EQ(
      Message("iam", "TagUser", request),
      "2 validation errors detected: Value at 'tags.2.member.key' failed to satisfy constraint: Member must "
      "have "
      "length less than or equal to 128; Value at 'tags.2.member.value' failed to satisfy constraint: Member "
      "must not be null");
}

TEST(Validate, ABadScalarElementNamesEveryClause) {
  iam::UntagUserRequest request;
  request.user_name = "bob";
  request.tag_keys = {{"good", ""}};
  EXPECT_EQ(
      Message("iam", "UntagUser", request),
      "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy "
      "constraint: [Member must have length less than or equal to 128, Member must have length greater than "
      "or "
      "equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]");
}

TEST(Validate, ListSizesAreBounded) {
  iam::TagUserRequest request;
  request.user_name = "bob";
  request.tags.emplace();
  for (int i = 0; i < 51; ++i) request.tags->push_back({"k" + std::to_string(i), ""});
  EXPECT_EQ(Message("iam", "TagUser", request),
            "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have "
            "length less "
            "than or equal to 50");
}

TEST(Validate, EnumsSayTheirValuesOnlyOutsideIam) {
  iam::UpdateAccessKeyRequest request;
  request.access_key_id = "AKIAIOSFODNN7EXAMPLE";
  request.status = "Sleeping";
  EXPECT_EQ(
      Message("iam", "UpdateAccessKey", request),
      "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum "
      "value set");
}

TEST(Validate, IamNamesPathsAndDocumentsHaveSentencesOfTheirOwn) {
  EXPECT_EQ(
      Message("iam", "CreateUser", User("a b")),
      "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the "
      "following: +=,.@_-");
  iam::CreateUserRequest request = User("bob");
  request.path = "team";
  EXPECT_EQ(
      Message("iam", "CreateUser", request),
      "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric "
      "characters and/or / characters.");
  iam::ListUsersRequest list;
  list.path_prefix = "x";
  EXPECT_EQ(
      Message("iam", "ListUsers", list),
      "The specified value for pathPrefix is invalid. It must begin with the / character and contain only "
      "alphanumeric characters and/or / characters.");
  iam::PutUserPolicyRequest put;
  put.user_name = "bob";
  put.policy_name = "p";
  put.policy_document = "{\"\xE2\x82\xAC\"}";
  EXPECT_EQ(
      Message("iam", "PutUserPolicy", put),
      "The specified value for policyDocument is invalid. It must contain only printable ASCII characters.");
  iam::GetAccessKeyLastUsedRequest key;
  key.access_key_id = "AKIA-IOSFODNN7EXAMPLE";
  EXPECT_EQ(Message("iam", "GetAccessKeyLastUsed", key),
            "The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.");
}

TEST(Validate, ASentenceWaitsForTheClauses) {
  EXPECT_EQ(Message("iam", "CreateUser", User(std::string(65, '*'))),
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have "
            "length "
            "less than or equal to 64");
}

TEST(Validate, GetRoleMissesAParameterInstead) {
  const ApiError error = Refusal("iam", "GetRole", iam::GetRoleRequest{});
  EXPECT_EQ(error.code, "MissingParameter");
  EXPECT_EQ(error.message, "The request must contain the parameter RoleName.");
}

TEST(Validate, LengthCountsScalarsNotBytes) {
  iam::TagUserRequest request;
  request.user_name = "bob";
  std::string value;
  for (int i = 0; i < 256; ++i) value += "\xC3\xA9";
  request.tags = {{{"k", value}}};
  EXPECT_EQ(Message("iam", "TagUser", request), "");
}

TEST(Validate, AMessageStaysBounded) {
  iam::TagUserRequest request;
  request.user_name = "bob";
  request.tags.emplace().resize(10'000);
  EXPECT_LT(Message("iam", "TagUser", request).size(), 10'000u);
  sts::AssumeRoleRequest assume = AssumeRole();
  assume.role_session_name = std::string(1'000'000, ':');
  EXPECT_LT(Message("sts", "AssumeRole", assume).size(), 4'000u);
}

}  // namespace
}  // namespace wardkeep::api
