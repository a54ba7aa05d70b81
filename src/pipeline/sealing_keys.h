// The sealing keys of the product, one for each purpose, derived once at start. The purpose names are part of
// the stored format: changing one makes what was sealed with it unreadable.
#pragma once

#include "auth/authorization_message.h"
#include "auth/delegation_token.h"
#include "auth/session_token.h"
#include "crypto/sealing.h"

namespace wardkeep::pipeline {

struct SealingKeys {
  explicit SealingKeys(const crypto::Sealer& sealer)
      : access_key_secret(sealer.ForPurpose("access-key-secret")),
        server_certificate_key(sealer.ForPurpose("server-certificate-key")),
        saml_private_key(sealer.ForPurpose("saml-private-key")),
        mfa_seed(sealer.ForPurpose("mfa-seed")),
        token_signing_key(sealer.ForPurpose("token-signing-key")),
        page_token(sealer.ForPurpose("page-token")),
        report_job(sealer.ForPurpose("report-job")),
        signin_token(sealer.ForPurpose("signin-token")),
        session_tokens(sealer),
        delegation_tokens(sealer),
        authorization_messages(sealer) {}

  const crypto::SealingKey access_key_secret;       // associated text: the access key id
  const crypto::SealingKey server_certificate_key;  // associated text: the certificate id
  const crypto::SealingKey saml_private_key;        // associated text: the key id
  const crypto::SealingKey mfa_seed;                // associated text: account id, "/", serial number
  const crypto::SealingKey token_signing_key;       // associated text: the key id
  const crypto::SealingKey page_token;              // associated text: account and operation
  const crypto::SealingKey report_job;              // tags only
  const crypto::SealingKey signin_token;  // of the federation endpoint; associated text: "signin-token"
  const auth::SessionTokens session_tokens;
  const auth::DelegationTokens delegation_tokens;
  const auth::AuthorizationMessages authorization_messages;
};

}  // namespace wardkeep::pipeline
