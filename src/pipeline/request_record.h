// What is told about a finished request: to the access log, to metrics and later to the audit trail. Never a
// secret, never a parameter.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace wardkeep::pipeline {

struct RequestRecord {
  std::string request_id;
  std::string service;     // "iam"; empty when routing failed
  std::string operation;   // "CreateUser"; empty when not identified
  std::string caller_arn;  // empty when not authenticated
  std::string account_id;
  std::string access_key_id;
  std::string peer_address;
  std::string user_agent;
  int status = 0;
  std::string error_code;    // wire code, empty on success
  std::string failed_check;  // number of the authentication check that failed (sigv4.md section 4)
  std::string cause;         // of an internal failure; for the log only
  std::chrono::microseconds duration{0};
};

// Called once per request, on the thread that finished it. Must be thread-safe and quick.
using RequestObserver = std::function<void(const RequestRecord&)>;

}  // namespace wardkeep::pipeline
