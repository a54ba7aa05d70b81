// The unexpected: what fails inside is answered with InternalFailure, told to the log, changes nothing, and
// the next request works.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <stdexcept>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "in_process/server.h"

namespace wardkeep::pipeline {
namespace {

using in_process::Answer;
using in_process::InProcessServer;

constexpr std::string_view kMessage =
    "The request processing has failed because of an unknown error, exception or failure.";

bool throwing = true;

template <typename T>
using ApiResult = base::Result<T, api::ApiError>;

ApiResult<api::iam::ListUsersResponse> ListUsers(const ReadContext&, const api::iam::ListUsersRequest&) {
  if (throwing) throw std::runtime_error("the reader broke");
  return api::iam::ListUsersResponse{};
}

ApiResult<api::iam::DeleteUserResponse> DeleteUser(WriteContext& context,
                                                   const api::iam::DeleteUserRequest& request) {
  context.edit.DeleteUser(*request.user_name);
  if (throwing) throw std::runtime_error("the writer broke");
  return api::iam::DeleteUserResponse{};
}

// Thrown away after it has changed the working copy: nothing of it may remain.
ApiResult<api::iam::DeleteGroupResponse> DeleteGroup(WriteContext& context,
                                                     const api::iam::DeleteGroupRequest&) {
  context.edit.DeleteUser("admin");
  return api::iam::NoSuchEntity("no");
}

ApiResult<api::iam::GetAccountAuthorizationDetailsResponse> Heavy(
    const ReadContext&, const api::iam::GetAccountAuthorizationDetailsRequest&) {
  throw std::runtime_error("the heavy one broke");
}

void Register(Registry& registry) {
  registry.Read("iam", "ListUsers", ListUsers);
  registry.Write("iam", "DeleteUser", DeleteUser);
  registry.Write("iam", "DeleteGroup", DeleteGroup);
  registry.Read("iam", "GetAccountAuthorizationDetails", Heavy);
}

void ExpectInternalFailure(InProcessServer& server, const Answer& answer, std::string_view cause) {
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.Outcome(), "InternalFailure: " + std::string(kMessage));
  EXPECT_EQ(answer.Text("Type"), "Receiver");
  EXPECT_FALSE(answer.request_id.empty());
  EXPECT_EQ(answer.Text("RequestId"), answer.request_id);
  const auto records = server.records();
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records.back().request_id, answer.request_id);
  EXPECT_EQ(records.back().status, 500);
  EXPECT_EQ(records.back().error_code, "InternalFailure");
  EXPECT_NE(records.back().cause.find(cause), std::string::npos) << records.back().cause;
  EXPECT_EQ(answer.body.find(cause), std::string::npos);
}

TEST(InternalFailure, AThrowingHandlerIsAnsweredAndLogged) {
  InProcessServer server(Register);
  const std::string before = server.StoredDocuments();
  throwing = true;
  ExpectInternalFailure(server, server.Call(server.admin(), "iam", "ListUsers"), "the reader broke");
  ExpectInternalFailure(server, server.Call(server.admin(), "iam", "DeleteUser", {{"UserName", "admin"}}),
                        "the writer broke");
  ExpectInternalFailure(server, server.Call(server.admin(), "iam", "GetAccountAuthorizationDetails"),
                        "the heavy one broke");
  EXPECT_EQ(server.StoredDocuments(), before);
  throwing = false;
  EXPECT_EQ(server.Call(server.admin(), "iam", "ListUsers").Outcome(), "ok");
}

TEST(InternalFailure, ARefusedWriteLeavesNothingOfItsWorkingCopy) {
  InProcessServer server(Register);
  const std::string before = server.StoredDocuments();
  EXPECT_EQ(server.Call(server.admin(), "iam", "DeleteGroup", {{"GroupName", "g"}}).Outcome(),
            "NoSuchEntity: no");
  EXPECT_EQ(server.StoredDocuments(), before);
  throwing = false;
  EXPECT_EQ(server.Call(server.admin(), "iam", "ListUsers").Outcome(), "ok");
}

// Whoever takes the answer may fail too, also on the thread that commits: that thread must go on.
TEST(InternalFailure, AThrowingResponderStopsNothing) {
  InProcessServer server;
  for (const char* operation : {"CreateUser", "GetUser"}) {
    std::promise<void> called;
    server.pipeline().Handle(server.Sign(server.admin(), "iam", operation, {{"UserName", "bob"}}),
                             [&](base::HttpResponse) {
                               called.set_value();
                               throw std::runtime_error("the connection is gone");
                             });
    ASSERT_EQ(called.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  }
  EXPECT_EQ(server.Call(server.admin(), "iam", "CreateUser", {{"UserName", "eve"}}).Outcome(), "ok");
  EXPECT_EQ(server.Call(server.admin(), "iam", "GetUser", {{"UserName", "bob"}}).Outcome(), "ok");
}

TEST(InternalFailure, AFailingCommitIsAnsweredAndLoggedAndForgotten) {
  InProcessServer server;
  const std::string before = server.StoredDocuments();
  server.store.SetFault([](std::span<const storage::Batch>) -> base::Result<void> {
    return base::Error(base::ErrorCode::kUnavailable, "the disk is full");
  });
  ExpectInternalFailure(server, server.Call(server.admin(), "iam", "CreateUser", {{"UserName", "bob"}}),
                        "the disk is full");
  EXPECT_EQ(server.StoredDocuments(), before);
  EXPECT_EQ(server.Call(server.admin(), "iam", "GetUser", {{"UserName", "bob"}}).Text("Code"),
            "NoSuchEntity");
  server.store.SetFault({});
  EXPECT_EQ(server.Call(server.admin(), "iam", "CreateUser", {{"UserName", "bob"}}).Outcome(), "ok");
}

}  // namespace
}  // namespace wardkeep::pipeline
