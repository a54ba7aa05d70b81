// The verifier with a clock that stands still at 2025-01-01T00:00:00Z and a credential source that knows one
// key.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "auth/verify.h"
#include "base/time_text.h"
#include "unit/auth/signing_client.h"

namespace wardkeep::auth {

// Answers as told and remembers what it was asked.
class RecordingCredentials final : public CredentialSource {
 public:
  base::Result<base::Secret, AuthError> FindSecret(const CredentialQuery& query) override {
    ++calls;
    asked_token = query.security_token ? std::optional<std::string>(*query.security_token) : std::nullopt;
    if (error) return base::Unexpected(*error);
    if (query.access_key_id != kTestKeyId) return base::Unexpected(InvalidClientTokenId());
    return base::Secret(secret);
  }

  std::string secret{kTestSecret};
  std::optional<AuthError> error;
  std::optional<std::string> asked_token;
  int calls = 0;
};

class VerifyTest : public testing::Test {
 protected:
  base::Result<VerifiedSignature, AuthError> Verify(const TestRequest& request,
                                                    std::string_view service = "iam") {
    const RequestView view(request);
    WK_ASSIGN(const ParsedSignature signature, ParseSignature(view.view));
    return SignatureVerifier(clock_, cache_, options_).Verify(view.view, signature, service, credentials_);
  }
  // "accepted", or the code of the refusal.
  std::string Verdict(const TestRequest& request, std::string_view service = "iam") {
    const auto verified = Verify(request, service);
    return verified ? "accepted" : std::string(verified.error().code);
  }

  base::ManualClock clock_{*base::ParseIsoBasic("20250101T000000Z")};
  SigningKeyCache cache_;
  VerifyOptions options_;
  RecordingCredentials credentials_;
};

}  // namespace wardkeep::auth
