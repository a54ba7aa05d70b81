// What last-accessed reports make of time, and who may read a job: what black-box tests cannot wait for.
#include <gtest/gtest.h>

#include <chrono>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::Answer;
using in_process::InProcessServer;
using in_process::Signer;
using namespace std::chrono_literals;

constexpr std::string_view kBob = "arn:aws:iam::111122223333:user/bob";

std::string JobFor(InProcessServer& server, const Signer& signer, std::string_view arn) {
  const Answer made =
      server.Must(signer, "iam", "GenerateServiceLastAccessedDetails", {{"Arn", std::string(arn)}});
  return made.Text("JobId");
}

Answer Details(InProcessServer& server, const Signer& signer, const std::string& job) {
  return server.Call(signer, "iam", "GetServiceLastAccessedDetails", {{"JobId", job}});
}

TEST(ServiceLastAccessed, AJobIsKeptForSevenDays) {
  InProcessServer server;
  server.MakeUser("bob", InProcessServer::Allow("sts:*"));
  const std::string job = JobFor(server, server.admin(), kBob);
  EXPECT_EQ(job.size(), 36U);
  server.clock.Advance(7 * 24h - 1min);
  EXPECT_EQ(Details(server, server.admin(), job).Text("JobStatus"), "COMPLETED");
  server.clock.Advance(2min);
  EXPECT_EQ(Details(server, server.admin(), job).Text("Code"), "NoSuchEntity");
}

TEST(ServiceLastAccessed, AttemptsCountForFourHundredDays) {
  InProcessServer server;
  const Signer bob = server.MakeUser("bob", InProcessServer::Allow("sts:*"));
  server.Must(bob, "sts", "GetCallerIdentity");
  server.clock.Advance(399 * 24h);
  EXPECT_EQ(Details(server, server.admin(), JobFor(server, server.admin(), kBob))
                .Text("TotalAuthenticatedEntities"),
            "1");
  server.clock.Advance(2 * 24h);
  const Answer later = Details(server, server.admin(), JobFor(server, server.admin(), kBob));
  EXPECT_EQ(later.Text("TotalAuthenticatedEntities"), "0");
  EXPECT_EQ(later.Text("LastAuthenticated"), "");
}

// Whoever assumes the role again may read what it began; an administrator of the account may not.
TEST(ServiceLastAccessed, AJobOfARoleIsForAllItsSessions) {
  InProcessServer server;
  server.MakeUser("bob", InProcessServer::Allow("sts:*"));
  server.Must(
      server.admin(), "iam", "CreateRole",
      {{"RoleName", "r"}, {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"AWS":"111122223333"})")}});
  server.Must(server.admin(), "iam", "AttachRolePolicy",
              {{"RoleName", "r"}, {"PolicyArn", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}});
  const auto assume = [&](const std::string& session) {
    return InProcessServer::Session(
        server.Must(server.admin(), "sts", "AssumeRole",
                    {{"RoleArn", "arn:aws:iam::111122223333:role/r"}, {"RoleSessionName", session}}));
  };
  const std::string job = JobFor(server, assume("first"), kBob);
  EXPECT_TRUE(Details(server, assume("second"), job).ok());
  EXPECT_EQ(Details(server, server.admin(), job).Text("Code"), "NoSuchEntity");
  EXPECT_EQ(Details(server, server.other_admin(), job).Text("Code"), "NoSuchEntity");
}

}  // namespace
}  // namespace wardkeep::service
