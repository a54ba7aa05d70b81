// Credentials: looks up the secret of an access key in the published state of its account and says who the
// caller is (checks 14 and 15 of sigv4.md section 4). One object for one request; not thread-safe.
#pragma once

#include "auth/credential_source.h"
#include "pipeline/caller_identity.h"
#include "pipeline/services.h"

namespace wardkeep::pipeline {

class Credentials final : public auth::CredentialSource {
 public:
  Credentials(const Services& services, base::Instant now) : services_(services), now_(now) {}

  base::Result<base::Secret, auth::AuthError> FindSecret(const auth::CredentialQuery& query) override;

  // Why an account's state could not be had; empty unless FindSecret failed with InternalFailure for another
  // reason than a damaged account, which the directory reports.
  const std::string& fault() const { return fault_; }
  // Meaningful only after the whole signature was verified.
  CallerIdentity TakeIdentity() && { return std::move(identity_); }

 private:
  using Found = base::Result<base::Secret, auth::AuthError>;
  // Null for an unknown account, and with `fault_` set when the store failed.
  snapshot::AccountStatePtr FindAccount(const base::AccountId& id);
  Found FindLongTerm(std::string_view access_key_id, const snapshot::AccountStatePtr& account);
  Found FindTemporary(const auth::CredentialQuery& query, const snapshot::AccountStatePtr& account);
  Found Unseal(const entity::AccessKey& key);
  bool OriginStands(const auth::Session& session);
  bool FillUser(const auth::Session& session);
  bool FillRole(const auth::Session& session);

  const Services& services_;
  base::Instant now_;
  CallerIdentity identity_;
  std::string fault_;
  std::optional<base::AccountId> damaged_;
};

}  // namespace wardkeep::pipeline
