#include "wire/aws_query.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "api/iam/types.h"
#include "api/null_text.h"
#include "api/sts/types.h"
#include "base/time_text.h"
#include "json/parse.h"

namespace wardkeep::wire {
namespace {

const api::Operation& Find(std::string_view service, std::string_view name) {
  return *api::FindOperation(*api::FindService(service), name);
}

template <typename Request>
base::Result<Request, api::ApiError> Decode(std::string_view service, std::string_view operation,
                                            std::string_view text) {
  WK_ASSIGN(const FormParameters form, ParseForm(text));
  Request request;
  WK_TRY(DecodeQuery(form, *Find(service, operation).input, &request));
  return request;
}

TEST(QueryDecode, TheFirstOfRepeatedScalarsCounts) {
  const auto request =
      Decode<api::iam::CreateUserRequest>("iam", "CreateUser", "UserName=a&UserName=b&Path=%2Fx%2F");
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->user_name, "a");
  EXPECT_EQ(request->path, "/x/");
  EXPECT_FALSE(request->tags.has_value());
}

TEST(QueryDecode, UnknownParametersAndOtherCasesAreIgnored) {
  const auto request =
      Decode<api::iam::CreateUserRequest>("iam", "CreateUser", "username=a&X.Y.1=2&UserName.Foo=3");
  ASSERT_TRUE(request.has_value());
  EXPECT_FALSE(request->user_name.has_value());
}

// What is left out is there, without members.
TEST(QueryDecode, ListsAreOrderedByIndexWithGaps) {
  const auto request =
      Decode<api::iam::CreateUserRequest>("iam", "CreateUser",
                                          "Tags.member.10.Key=c&Tags.member.2.Key=b&Tags.member.2.Value=&"
                                          "Tags.member.1.Key=a&Tags.member.20.Key=d");
  ASSERT_TRUE(request.has_value());
  ASSERT_EQ(request->tags->size(), 20u);
  EXPECT_EQ((*request->tags)[0].key, "a");
  EXPECT_FALSE((*request->tags)[0].value.has_value());
  EXPECT_EQ((*request->tags)[1].key, "b");
  EXPECT_EQ((*request->tags)[1].value, "");
  EXPECT_FALSE((*request->tags)[2].key.has_value());
  EXPECT_EQ((*request->tags)[9].key, "c");
  EXPECT_EQ((*request->tags)[19].key, "d");
}

TEST(QueryDecode, TextsLeftOutAreNull) {
  const auto request = Decode<api::iam::UntagUserRequest>("iam", "UntagUser", "TagKeys.member.3=c");
  ASSERT_TRUE(request.has_value());
  const std::string null(api::kNullText);
  EXPECT_EQ(*request->tag_keys, (std::vector<std::string>{null, null, "c"}));
}

// One element's members may come under several spellings of its index.
TEST(QueryDecode, LeadingZerosAreTheSameElement) {
  const auto request = Decode<api::iam::CreateUserRequest>(
      "iam", "CreateUser",
      "Tags.member.1.Key=a&Tags.member.01.Value=b&Tags.member.002.Key=c&Tags.member.2.Key=d");
  ASSERT_TRUE(request.has_value());
  ASSERT_EQ(request->tags->size(), 2u);
  EXPECT_EQ((*request->tags)[0].key, "a");
  EXPECT_EQ((*request->tags)[0].value, "b");
  EXPECT_EQ((*request->tags)[1].key, "c");
}

// A word is no element of a list of structures; the list has its first one, which is null.
TEST(QueryDecode, WordsAreNoIndexes) {
  for (const char* text : {"Tags.member.one.Key=a", "Tags.member.%2B1.Key=a", "Tags.one.Key=a"}) {
    const auto request = Decode<api::iam::CreateUserRequest>("iam", "CreateUser", text);
    ASSERT_TRUE(request.has_value()) << text;
    ASSERT_EQ(request->tags->size(), 1u) << text;
    EXPECT_FALSE((*request->tags)[0].key.has_value()) << text;
  }
}

TEST(QueryDecode, BadIndexesAreNamed) {
  const struct {
    std::string_view operation;
    std::string_view text;
    std::string_view message;
  } rows[] = {
      {"UntagUser", "TagKeys.member.0=a", "0 is not a valid index"},
      {"CreateUser", "Tags.member.00.Key=a", "0 is not a valid index"},
      {"UntagUser", "TagKeys.member.-1=a", "Key -1 may not have a leading '-'"},
      {"CreateUser", "Tags.member.-1.Key=a", "Key -1 may not have a leading '-'"},
      {"UntagUser", "TagKeys.member.1.0=a", "Two index elements may not occur back to back"},
      {"CreateUser", "Tags.member.1.2.Key=a", "Two index elements may not occur back to back"},
      {"UntagUser", "TagKeys.member.one=a", "Start of list found where not expected"},
      {"UntagUser", "TagKeys.member.%2B1=a", "Start of list found where not expected"},
      {"UntagUser", "TagKeys.member.12=a", "Excessively sparse input would skip 11 list elements"},
      {"UntagUser", "TagKeys.member.1=a&TagKeys.member.12=a",
       "Excessively sparse input would skip 11 list elements"},
      {"UntagUser", "TagKeys.member.5=a&TagKeys.member.17=a",
       "Excessively sparse input would skip 12 list elements"},
      {"CreateUser", "Tags.member.4294967297.Key=a",
       "Excessively sparse input would skip 4294967296 list elements"},
      {"UntagUser", "TagKeys.12=a", "Excessively sparse input would skip 11 list elements"},
      {"AcquireRole", "ReplacementValues.entry.0.key=a", "0 is not a valid index"},
  };
  for (const auto& row : rows) {
    const auto form = ParseForm(row.text);
    ASSERT_TRUE(form.has_value());
    const api::Operation& operation = Find("iam", row.operation);
    void* request = operation.input->structure->create();
    const auto outcome = DecodeQuery(*form, *operation.input, request);
    operation.input->structure->destroy(request);
    ASSERT_FALSE(outcome.has_value()) << row.text;
    EXPECT_EQ(outcome.error().code, "MalformedInput") << row.text;
    EXPECT_EQ(outcome.error().message, row.message) << row.text;
  }
  EXPECT_TRUE(Decode<api::iam::UntagUserRequest>("iam", "UntagUser", "TagKeys.member.11=a").has_value());
}

TEST(QueryDecode, AnEmptyValueIsTheEmptyListAndTheEmptyString) {
  const auto request = Decode<api::iam::CreateUserRequest>("iam", "CreateUser", "Tags=&UserName=");
  ASSERT_TRUE(request.has_value());
  ASSERT_TRUE(request->tags.has_value());
  EXPECT_TRUE(request->tags->empty());
  EXPECT_EQ(request->user_name, "");
}

TEST(QueryDecode, ListsWithoutMemberAreUnderstood) {
  const auto request = Decode<api::iam::UntagUserRequest>("iam", "UntagUser", "TagKeys.2=b&TagKeys.1=a");
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(*request->tag_keys, (std::vector<std::string>{"a", "b"}));
}

TEST(QueryDecode, TwoSpellingsOfAnIndexAreOneElement) {
  const auto request =
      Decode<api::iam::UntagUserRequest>("iam", "UntagUser", "TagKeys.member.01=a&TagKeys.member.1=b");
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(*request->tag_keys, std::vector<std::string>{"a"});
}

TEST(QueryDecode, WhatCannotBeReadIsMalformedInputWithoutAMessage) {
  const struct {
    std::string_view operation;
    std::string_view text;
  } rows[] = {
      {"ListUsers", "MaxItems=ten"},
      {"ListUsers", "MaxItems="},
      {"ListUsers", "MaxItems=1.5"},
      {"ListUsers", "MaxItems=2147483648"},
      {"ListUsers", "MaxItems=-2147483649"},
      {"ListUsers", "MaxItems=+-5"},
      {"ListUsers", "MaxItems= 5"},
      {"CreatePolicyVersion", "SetAsDefault=yes"},
      {"CreatePolicyVersion", "SetAsDefault="},
      {"CreatePolicyVersion", "SetAsDefault=True"},
      {"CreatePolicyVersion", "SetAsDefault=FALSE"},
      {"CreatePolicyVersion", "SetAsDefault=+true"},
      {"CreatePolicyVersion", "SetAsDefault=01"},
      {"CreatePolicyVersion", "SetAsDefault=2"},
      {"CreateUser", "Tags.member.9999999999999999999.Key=a"},
      {"CreateUser", "Tags.member..Key=a"},
      {"CreatePolicy", "Description=a%00"},
      {"CreatePolicy", "Description=%1F"},
      {"CreatePolicy", "Description=%EF%BF%BE"},
      {"AcquireRole", "ReplacementValues.entry.1.key=%01&ReplacementValues.entry.1.value.Values.member.1=a"},
  };
  for (const auto& row : rows) {
    const auto form = ParseForm(row.text);
    ASSERT_TRUE(form.has_value());
    const api::Operation& operation = Find("iam", row.operation);
    void* request = operation.input->structure->create();
    const auto outcome = DecodeQuery(*form, *operation.input, request);
    operation.input->structure->destroy(request);
    ASSERT_FALSE(outcome.has_value()) << row.text;
    EXPECT_EQ(outcome.error(), (api::ApiError{"MalformedInput", 400, "", {}})) << row.text;
  }
}

TEST(QueryDecode, LenientScalars) {
  const auto list = Decode<api::iam::ListUsersRequest>("iam", "ListUsers", "MaxItems=%2B0010");
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->max_items, 10);
  const auto version =
      Decode<api::iam::CreatePolicyVersionRequest>("iam", "CreatePolicyVersion", "SetAsDefault=1");
  ASSERT_TRUE(version.has_value());
  EXPECT_EQ(version->set_as_default, true);
  const auto off =
      Decode<api::iam::CreatePolicyVersionRequest>("iam", "CreatePolicyVersion", "SetAsDefault=0");
  ASSERT_TRUE(off.has_value());
  EXPECT_EQ(off->set_as_default, false);
}

TEST(QueryDecode, DeepAndWideNamesCostOnlyTheirBytes) {
  std::string deep = "Tags.member.1";
  for (int i = 0; i < 200'000; ++i) deep += ".member.1";
  EXPECT_TRUE(Decode<api::iam::CreateUserRequest>("iam", "CreateUser", deep + "=x").has_value());
  std::string wide;
  for (int i = 1; i < 9'999; ++i) wide += "Tags.member." + std::to_string(i * 10) + ".Key=k&";
  const auto request = Decode<api::iam::CreateUserRequest>("iam", "CreateUser", wide);
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->tags->size(), 99'980u) << "no more than ten times what was sent";
}

TEST(QueryEncode, WritesTheEnvelopeOfAResponse) {
  api::sts::GetCallerIdentityResponse response;
  response.arn = "arn:aws:iam::123456789012:user/a&b";
  response.account = "123456789012";
  response.user_id = "AIDA";
  const std::string text = EncodeQueryResponse(Find("sts", "GetCallerIdentity"), &response, "id-1");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(text.c_str()));
  const pugi::xml_node root = document.child("GetCallerIdentityResponse");
  EXPECT_STREQ(root.attribute("xmlns").value(), "https://sts.amazonaws.com/doc/2011-06-15/");
  EXPECT_STREQ(root.child("GetCallerIdentityResult").child_value("Arn"),
               "arn:aws:iam::123456789012:user/a&b");
  EXPECT_STREQ(root.child("ResponseMetadata").child_value("RequestId"), "id-1");
  EXPECT_EQ(text.rfind("<GetCallerIdentityResponse", 0), 0u);
  EXPECT_EQ(text.back(), '\n');
}

TEST(QueryEncode, EmptyListsAreElementsAndAbsentMembersAreNot) {
  api::iam::ListUsersResponse response;
  response.users.emplace();
  response.is_truncated = false;
  EXPECT_EQ(EncodeQueryResponse(Find("iam", "ListUsers"), &response, "r"),
            "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n"
            "  <ListUsersResult>\n"
            "    <Users/>\n"
            "    <IsTruncated>false</IsTruncated>\n"
            "  </ListUsersResult>\n"
            "  <ResponseMetadata>\n"
            "    <RequestId>r</RequestId>\n"
            "  </ResponseMetadata>\n"
            "</ListUsersResponse>\n");
}

TEST(QueryEncode, TheResultElementFollowsTheModel) {
  const api::iam::UpdateRoleResponse with_result;
  EXPECT_NE(EncodeQueryResponse(Find("iam", "UpdateRole"), &with_result, "r").find("<UpdateRoleResult/>"),
            std::string::npos);
  const api::iam::DeleteUserResponse without_result;
  EXPECT_EQ(EncodeQueryResponse(Find("iam", "DeleteUser"), &without_result, "r").find("Result"),
            std::string::npos);
}

TEST(QueryEncode, MapsAndTimesHaveTheirForms) {
  api::iam::GetAccountSummaryResponse summary;
  summary.summary_map = {{{"Users", 3}}};
  EXPECT_NE(EncodeQueryResponse(Find("iam", "GetAccountSummary"), &summary, "r")
                .find("<SummaryMap>\n      <entry>\n        <key>Users</key>\n        <value>3</value>\n"),
            std::string::npos);
  api::iam::GetUserResponse user;
  user.user.emplace().create_date = *base::ParseIso8601("2024-05-01T12:34:56.789Z");
  EXPECT_NE(EncodeQueryResponse(Find("iam", "GetUser"), &user, "r").find("<CreateDate>2024-05-01T12:34:56Z<"),
            std::string::npos);
  EXPECT_NE(EncodeQueryResponseJson(Find("iam", "GetUser"), &user, "r").find("\"CreateDate\":1714566896}"),
            std::string::npos);
}

TEST(QueryEncode, ErrorsNameTheirSideAndMayHaveNoMessage) {
  EXPECT_EQ(
      EncodeQueryError({"NoSuchEntity", 404, "gone", {}}, "https://iam.amazonaws.com/doc/2010-05-08/", "r"),
      "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n"
      "  <Error>\n"
      "    <Type>Sender</Type>\n"
      "    <Code>NoSuchEntity</Code>\n"
      "    <Message>gone</Message>\n"
      "  </Error>\n"
      "  <RequestId>r</RequestId>\n"
      "</ErrorResponse>\n");
  const std::string bare = EncodeQueryError(api::MalformedInput(), kFaultNamespace, "r");
  EXPECT_EQ(bare.find("Message"), std::string::npos);
  EXPECT_NE(EncodeQueryError(api::InternalFailure(), "", "r").find("<Type>Receiver</Type>"),
            std::string::npos);
}

TEST(QueryEncode, TheJsonVariantKeepsTheNesting) {
  api::sts::GetCallerIdentityResponse response;
  response.account = "123456789012";
  EXPECT_EQ(EncodeQueryResponseJson(Find("sts", "GetCallerIdentity"), &response, "r"),
            R"({"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"123456789012"},)"
            R"("ResponseMetadata":{"RequestId":"r"}}})");
  EXPECT_EQ(EncodeQueryErrorJson(api::AccessDenied("no"), "r"),
            R"({"Error":{"Code":"AccessDenied","Message":"no","Type":"Sender"},"RequestId":"r"})");
}

}  // namespace
}  // namespace wardkeep::wire
