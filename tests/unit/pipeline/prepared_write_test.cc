// The slow first half of a write does not hold up other writes of the account, and its refusal ends the call.
#include <gtest/gtest.h>

#include <future>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "in_process/server.h"

namespace wardkeep::pipeline {
namespace {

using in_process::InProcessServer;

// Handlers are plain functions, so what the test says to them is here.
std::promise<void>* began = nullptr;
std::shared_future<void>* may_go_on = nullptr;

base::Result<std::string, api::ApiError> Wait(const ReadContext&,
                                              const api::iam::CreateAccountAliasRequest& request) {
  if (*request.account_alias == "refused") return api::iam::InvalidInput("not this one");
  began->set_value();
  may_go_on->wait();
  return "made of " + *request.account_alias;
}

base::Result<api::iam::CreateAccountAliasResponse, api::ApiError> SetAlias(
    WriteContext& context, const api::iam::CreateAccountAliasRequest&, const std::string& prepared) {
  entity::Account account = context.account().account();
  account.name = prepared;
  context.edit.PutAccount(std::move(account));
  return api::iam::CreateAccountAliasResponse{};
}

base::Result<api::iam::DeleteAccountAliasResponse, api::ApiError> SetEmail(
    WriteContext& context, const api::iam::DeleteAccountAliasRequest&) {
  entity::Account account = context.account().account();
  account.email = "meanwhile@example.com";
  context.edit.PutAccount(std::move(account));
  return api::iam::DeleteAccountAliasResponse{};
}

void Fill(Registry& registry) {
  registry.PreparedWrite("iam", "CreateAccountAlias", Wait, SetAlias);
  registry.Write("iam", "DeleteAccountAlias", SetEmail);
}

TEST(PreparedWrite, OtherWritesGoOnMeanwhileAndNothingIsLost) {
  InProcessServer server(Fill);
  std::promise<void> begin, end;
  std::shared_future<void> ending = end.get_future().share();
  began = &begin;
  may_go_on = &ending;
  auto slow = std::async(std::launch::async, [&] {
    return server.Call(server.root(), "iam", "CreateAccountAlias", {{"AccountAlias", "slow"}});
  });
  begin.get_future().wait();
  EXPECT_EQ(server.Call(server.root(), "iam", "DeleteAccountAlias", {{"AccountAlias", "quick"}}).Outcome(),
            "ok");
  end.set_value();
  EXPECT_EQ(slow.get().Outcome(), "ok");
  const auto state = server.directory->Find(base::AccountId(std::string(InProcessServer::kAccount)));
  EXPECT_EQ(state->account().name, "made of slow");
  EXPECT_EQ(state->account().email, "meanwhile@example.com");
}

TEST(PreparedWrite, ARefusalOfTheFirstHalfChangesNothing) {
  InProcessServer server(Fill);
  const std::string before = server.StoredDocuments();
  EXPECT_EQ(server.Call(server.root(), "iam", "CreateAccountAlias", {{"AccountAlias", "refused"}}).Outcome(),
            "InvalidInput: not this one");
  EXPECT_EQ(server.StoredDocuments(), before);
}

}  // namespace
}  // namespace wardkeep::pipeline
