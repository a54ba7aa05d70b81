// `wardkeep who-can` and `wardkeep what-can`: which principals of an account may do an action on a resource,
// and which actions a principal may do, from the answer of iam:GetAccountAuthorizationDetails. Need no
// server.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace wardkeep::cli {

struct AccessRequest {
  std::string details;               // file with the answer
  std::string principal;             // what-can: its ARN
  std::vector<std::string> actions;  // who-can: one; what-can: empty for all that the service has
  std::string resource = "*";
  std::string resource_account;      // empty: see who_can::AccessQuestion
  std::string resource_policy;       // file, or empty
  std::vector<std::string> context;  // KEY=VALUE
};

// Print one JSON object on `out`. The exit status: 0; 2 if a file or value cannot be used, which is said on
// standard error; 3 if the answer for an action asked for by name depends on facts that are not in the file.
int RunWhoCan(const AccessRequest& request, std::FILE* out);
int RunWhatCan(const AccessRequest& request, std::FILE* out);

}  // namespace wardkeep::cli
