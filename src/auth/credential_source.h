// CredentialSource: what verification asks for the secret of an access key (checks 14 and 15 of
// reference/sigv4.md section 4). The implementation decides whether the key is known and active and whether
// the session token belongs to it and is still valid; it keeps what it found out about the caller for whoever
// created it.
//
//   class SnapshotCredentials final : public CredentialSource {
//     Result<Secret, AuthError> FindSecret(const CredentialQuery& query) override;   // fills identity_
//     CallerIdentity identity_;
//   };
//   SnapshotCredentials credentials(snapshot, session_tokens, clock);        // one for each request
//   auto verified = verifier.Verify(request, signature, "iam", credentials);
//   if (verified) Use(credentials.identity());                              // only after success
#pragma once

#include <optional>
#include <string_view>

#include "auth/auth_error.h"
#include "base/result.h"
#include "base/secret.h"

namespace wardkeep::auth {

struct CredentialQuery {
  std::string_view access_key_id;
  std::optional<std::string_view> security_token;
};

class CredentialSource {
 public:
  virtual ~CredentialSource() = default;
  // The secret key, or InvalidClientTokenId() or ExpiredToken(). Called at most once for each verification.
  virtual base::Result<base::Secret, AuthError> FindSecret(const CredentialQuery& query) = 0;
};

}  // namespace wardkeep::auth
