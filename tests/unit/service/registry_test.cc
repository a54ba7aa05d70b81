// Every handler has its row in the tables, and what has no handler says so as AWS does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "api/operation.h"
#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::InProcessServer;

// What of STS this release serves. A handler that goes missing, or comes without being noted here, is
// noticed.
constexpr std::string_view kOfSts[] = {
    "AssumeRole",
    "DecodeAuthorizationMessage",
    "GetAccessKeyInfo",
    "GetCallerIdentity",
    "GetDelegatedAccessToken",
    "GetFederationToken",
    "GetScopedCredentials",
    "GetSessionToken",
    "GetWebIdentityToken",
};

TEST(Registry, ServesAllOfIamAndThisPartOfSts) {
  const InProcessServer server;
  for (const api::Operation& operation : api::FindService("iam")->operations) {
    EXPECT_NE(server.registry.Find("iam", operation.name), nullptr) << operation.name;
  }
  std::vector<std::string_view> of_sts;
  for (const api::Operation& operation : api::FindService("sts")->operations) {
    if (server.registry.Find("sts", operation.name) != nullptr) of_sts.push_back(operation.name);
  }
  EXPECT_THAT(of_sts, testing::ElementsAreArray(kOfSts));
}

TEST(Registry, EveryHandlerHasAnOperationAndItsRow) {
  const InProcessServer server;
  for (const std::string& name : server.registry.Names()) {
    SCOPED_TRACE(name);
    const std::size_t colon = name.find(':');
    const api::Service* service = api::FindService(name.substr(0, colon));
    ASSERT_NE(service, nullptr);
    const api::Operation* operation = api::FindOperation(*service, name.substr(colon + 1));
    ASSERT_NE(operation, nullptr);
    EXPECT_FALSE(operation->actions.empty());
    const pipeline::Handler* handler = server.registry.Find(service->name, operation->name);
    ASSERT_NE(handler, nullptr);
    EXPECT_NE(handler->read == nullptr, handler->write == nullptr);
    EXPECT_EQ(handler->writes, handler->write != nullptr);
    // Credentials are sealed, not stored: only STS may serve what counts as a write without writing.
    // When a credential report was made is kept, though making one is reading to AWS's policies.
    const bool keeps_a_date = operation->name == "GenerateCredentialReport";
    EXPECT_EQ(handler->writes,
              service->name == "iam" && (operation->access == api::Access::kWrite || keeps_a_date));
  }
}

TEST(Registry, AnOperationWithoutAHandlerIsUnknown) {
  InProcessServer server;
  const api::Service& service = *api::FindService("sts");
  for (const api::Operation& operation : service.operations) {
    if (server.registry.Find(service.name, operation.name) != nullptr) continue;
    const auto answer = server.Call(server.admin(), service.name, operation.name);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.Outcome(), "InvalidAction: Could not find operation " + std::string(operation.name) +
                                    " for version " + std::string(service.version));
    EXPECT_NE(answer.body.find("http://webservices.amazon.com/AWSFault/2005-15-09"), std::string::npos);
  }
}

}  // namespace
}  // namespace wardkeep::service
