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

// Why a request was not authenticated. `cause` is set when not the client but the server failed; for the log
// only.
struct AuthenticationRefusal {
  auth::AuthError error;
  std::string cause;
};

base::Result<Authenticated, AuthenticationRefusal> Authenticate(const base::HttpRequest& http,
                                                                const api::Service& service,
                                                                const auth::SignatureVerifier& verifier,
                                                                const Services& services, base::Instant now);

}  // namespace wardkeep::pipeline
