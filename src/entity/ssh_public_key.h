// An SSH public key of a user, for CodeCommit and what speaks its protocol.
#pragma once

#include <string>

#include "base/clock.h"
#include "entity/access_key.h"

namespace wardkeep::entity {

struct SshPublicKey {
  std::string id;    // APKA...
  std::string wire;  // bytes of certificate::SshPublicKey::wire()
  KeyStatus status = KeyStatus::kActive;
  base::Instant upload_date;
};

}  // namespace wardkeep::entity
