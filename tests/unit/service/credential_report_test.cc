// The credential report's states over time, which black-box tests cannot wait for.
#include <gtest/gtest.h>

#include <chrono>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::InProcessServer;
using namespace std::chrono_literals;

TEST(CredentialReport, ExpiresAfterFourHoursAndStartsAnew) {
  InProcessServer server;
  server.Must(server.admin(), "iam", "GenerateCredentialReport");
  server.clock.Advance(3h + 59min);
  EXPECT_TRUE(server.Call(server.admin(), "iam", "GetCredentialReport").ok());
  EXPECT_EQ(server.Must(server.admin(), "iam", "GenerateCredentialReport").Text("State"), "COMPLETE");
  server.clock.Advance(2min);
  EXPECT_EQ(server.Call(server.admin(), "iam", "GetCredentialReport").Text("Code"), "ReportExpired");
  EXPECT_EQ(server.Must(server.admin(), "iam", "GenerateCredentialReport").Text("State"), "STARTED");
  EXPECT_TRUE(server.Call(server.admin(), "iam", "GetCredentialReport").ok());
}

}  // namespace
}  // namespace wardkeep::service
