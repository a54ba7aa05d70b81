#include "api/operation.h"

#include <gtest/gtest.h>

#include "api/any_struct.h"
#include "api/iam/errors.h"
#include "api/iam/types.h"

namespace wardkeep::api {
namespace {

TEST(OperationTable, HoldsEveryOperationOfBothServices) {
  EXPECT_EQ(Operations(*FindService("iam")).size(), 181u);
  EXPECT_EQ(Operations(*FindService("sts")).size(), 12u);
  EXPECT_EQ(FindService("nothing"), nullptr);
}

TEST(OperationTable, FindsEveryOperationByItsExactName) {
  for (const Service* service : Services()) {
    for (const Operation& operation : Operations(*service)) {
      EXPECT_EQ(FindOperation(*service, operation.name), &operation) << operation.name;
      EXPECT_EQ(operation.service, service);
    }
    EXPECT_EQ(FindOperation(*service, "createuser"), nullptr);
    EXPECT_EQ(FindOperation(*service, ""), nullptr);
    EXPECT_EQ(FindOperation(*service, "zzz"), nullptr);
  }
}

TEST(OperationTable, EveryOperationNamesItsActionFirst) {
  for (const Service* service : Services()) {
    if (service->name == "passkeys") continue;  // acts under the actions that IAM has for devices
    for (const Operation& operation : Operations(*service)) {
      ASSERT_FALSE(operation.actions.empty()) << operation.name;
      EXPECT_EQ(operation.actions[0].action, std::string(service->name) + ":" + std::string(operation.name));
      EXPECT_EQ(operation.actions[0].when, nullptr);
      EXPECT_EQ(operation.resource.source == ResourceSource::kAny,
                operation.resource.type == ResourceType::kAny);
    }
  }
}

TEST(OperationTable, CreateUserActsOnTheUserAboutToExist) {
  const Operation* operation = FindOperation(*FindService("iam"), "CreateUser");
  ASSERT_NE(operation, nullptr);
  EXPECT_EQ(operation->resource.source, ResourceSource::kNewName);
  EXPECT_EQ(operation->resource.member->name, "UserName");
  EXPECT_EQ(operation->resource.path_member->name, "Path");
  EXPECT_EQ(operation->access, Access::kWrite);
  EXPECT_EQ(operation->actions[1].action, "iam:TagUser");
  EXPECT_EQ(operation->actions[1].when->name, "Tags");
}

TEST(AnyStruct, MakesTheTypeOfItsShape) {
  const Operation* operation = FindOperation(*FindService("iam"), "CreateUser");
  AnyStruct request = AnyStruct::Make(*operation->input);
  EXPECT_TRUE(request.Is<iam::CreateUserRequest>());
  EXPECT_FALSE(request.Is<iam::CreateUserResponse>());
  const Member* name = FindMemberByName(*operation->input, "UserName");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(FindMember(request.data(), *name), nullptr);
  *static_cast<std::string*>(EmplaceMember(request.data(), *name)) = "bob";
  EXPECT_EQ(request.As<iam::CreateUserRequest>().user_name, "bob");
}

TEST(Errors, CarryTheWireCodeAndStatusOfTheModel) {
  EXPECT_EQ(iam::NoSuchEntity("gone"), (ApiError{"NoSuchEntity", 404, "gone", {}}));
  EXPECT_EQ(iam::CredentialReportExpired("old"), (ApiError{"ReportExpired", 410, "old", {}}));
  EXPECT_EQ(InvalidAction("X", "").message, "Could not find operation X for version NO_VERSION_SPECIFIED");
  EXPECT_EQ(JsonErrorCode("InvalidClientTokenId"), "UnrecognizedClientException");
  EXPECT_EQ(JsonErrorCode("NoSuchEntity"), "NoSuchEntity");
}

}  // namespace
}  // namespace wardkeep::api
