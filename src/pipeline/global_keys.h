// Global condition keys of a request: what is known of it apart from the operation (policy-semantics 3.7).
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http_message.h"
#include "pipeline/caller_identity.h"
#include "wardkeep/request.h"

namespace wardkeep::pipeline {

// `region`: of the credential scope; IAM is global and always reports us-east-1.
policy::RequestContext GlobalKeys(const base::HttpRequest& http, const CallerIdentity& caller, std::string_view service,
                                  std::string_view region, base::Instant now);

}  // namespace wardkeep::pipeline
