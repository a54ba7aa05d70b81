// The sealing keys of the product, one for each purpose, derived once at start. The purpose names are part of the stored
// format: changing one makes what was sealed with it unreadable.
#pragma once

#include "crypto/sealing.h"

namespace wardkeep::pipeline {

struct SealingKeys {
  explicit SealingKeys(const crypto::Sealer& sealer)
      : access_key_secret(sealer.ForPurpose("access-key-secret")),
        session_token(sealer.ForPurpose("session-token")),
        page_token(sealer.ForPurpose("page-token")),
        authorization_message(sealer.ForPurpose("authorization-message")) {}

  const crypto::SealingKey access_key_secret;      // associated text: the access key id
  const crypto::SealingKey session_token;          // associated text: the access key id
  const crypto::SealingKey page_token;             // associated text: account and operation
  const crypto::SealingKey authorization_message;  // associated text: the account
};

}  // namespace wardkeep::pipeline
