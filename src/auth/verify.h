// Verification of a parsed signature: checks 8 to 16 of reference/sigv4.md section 4, in that order, stopping
// at the first failure. Checks 4 to 6 are sigv4_parse.h; 14 and 15 are the credential source's.
//
//   WK_ASSIGN(ParsedSignature signature, ParseSignature(request));
//   WK_ASSIGN(VerifiedSignature who, verifier.Verify(request, signature, "iam", credentials));
//
// Thread-safe. The clock and the cache are references and must outlive the verifier.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth_error.h"
#include "auth/credential_scope.h"
#include "auth/credential_source.h"
#include "auth/signing_key_cache.h"
#include "auth/sigv4_parse.h"
#include "auth/sigv4_request.h"
#include "base/clock.h"
#include "base/result.h"

namespace wardkeep::auth {

struct VerifyOptions {
  // IAM and STS allow 15 minutes to each side, both ends included.
  std::chrono::minutes window{15};
  // Empty: any region. A custom endpoint makes SDKs sign IAM with whatever region is configured.
  std::vector<std::string> allowed_regions;
  // Larger bodies are refused before they are hashed.
  std::size_t max_body_bytes = std::size_t{10} * 1024 * 1024;
};

struct VerifiedSignature {
  SignatureForm form = SignatureForm::kHeader;
  CredentialScope scope;
  base::Instant signed_at;
  std::string signed_at_text;  // YYYYMMDDTHHMMSSZ, as it was signed
};

class SignatureVerifier {
 public:
  SignatureVerifier(const base::Clock& clock, SigningKeyCache& cache, VerifyOptions options = {});

  // `service` is the signing name that the router expects ("iam").
  base::Result<VerifiedSignature, AuthError> Verify(const SignedRequestView& request,
                                                    const ParsedSignature& signature,
                                                    std::string_view service,
                                                    CredentialSource& credentials) const;

 private:
  base::Result<void, AuthError> CheckWindow(base::Instant signed_at) const;
  base::Result<void, AuthError> CheckScope(const VerifiedSignature& verified, std::string_view service) const;
  base::Result<void, AuthError> CheckSignature(const SignedRequestView& request,
                                               const ParsedSignature& signature,
                                               const VerifiedSignature& verified,
                                               const base::Secret& secret) const;
  bool IsValidRegion(std::string_view region) const;

  const base::Clock* clock_;
  SigningKeyCache* cache_;
  VerifyOptions options_;
};

}  // namespace wardkeep::auth
