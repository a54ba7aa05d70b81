// Global condition keys of a request: what is known of it apart from the operation (policy-semantics 3.7).
#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/http_message.h"
#include "pipeline/caller_identity.h"
#include "wardkeep/request.h"

namespace wardkeep::pipeline {

// The request as far as it bears on condition keys. A view: the request outlives it.
struct RequestFacts {
  const base::HttpRequest& http;
  std::string_view service;  // "iam"
  std::string_view region;   // of the credential scope; IAM is global and always reports us-east-1
  base::Instant now;         // one moment for the whole request
};

policy::RequestContext GlobalKeys(const RequestFacts& facts, const CallerIdentity& caller);

}  // namespace wardkeep::pipeline
