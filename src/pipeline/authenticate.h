// The authentication stage: verifies the signature over the bytes as sent and finds the caller. Thread-safe.
#pragma once

#include <string>

#include "api/operation.h"
#include "auth/verify.h"
#include "base/http_message.h"
#include "base/result.h"
#include "pipeline/caller_identity.h"
#include "pipeline/services.h"

namespace wardkeep::pipeline {

struct Authenticated {
  CallerIdentity caller;
  std::string region;  // of the credential scope
};

base::Result<Authenticated, auth::AuthError> Authenticate(const base::HttpRequest& http, const api::Service& service,
                                                          const auth::SignatureVerifier& verifier,
                                                          const Services& services, base::Instant now);

}  // namespace wardkeep::pipeline
