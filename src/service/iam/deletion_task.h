// The ids of deletion tasks of service-linked roles: `task/aws-service-role/SERVICE/ROLE/UUID` (data-formats
// section 10.2). Half of the UUID is drawn, the other half says that this installation made it for this
// account and role, so nothing has to be stored to know a task again. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/rng.h"
#include "crypto/sealing.h"
#include "entity/role.h"

namespace wardkeep::service::iam {

std::string MakeDeletionTask(const crypto::SealingKey& key, base::Rng& rng, const base::AccountId& account,
                             const entity::Role& role);

enum class DeletionTask : uint8_t {
  kMade,       // by MakeDeletionTask for this account
  kUnknown,    // has the form of one
  kMalformed,  // has not
};
DeletionTask ReadDeletionTask(const crypto::SealingKey& key, const base::AccountId& account,
                              std::string_view task);

}  // namespace wardkeep::service::iam
