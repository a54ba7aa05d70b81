// The administrator of an account: the user `admin` in the group `Administrators` with AdministratorAccess.
// Made with the account, and made whole again by the operator when its key is lost.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/result.h"
#include "base/secret.h"
#include "entity/access_key.h"
#include "pipeline/services.h"
#include "server/account_registry.h"
#include "server/configuration.h"

namespace wardkeep::server {

inline constexpr std::string_view kAdministratorName = "admin";

// An access key as it is stored, and its secret, which is shown once.
struct NewKey {
  entity::AccessKey stored;
  base::Secret secret;
};

// Random, or `fixed` unless that is null.
NewKey MakeKey(const pipeline::Services& services, const base::AccountId& account, const BootstrapKey* fixed);

// Afterwards the administrator exists, is in its group, has no permissions boundary, and `key` is its only
// active access key. Earlier keys are made inactive; the oldest goes where the quota has no room for one
// more. Its other policies stay, and so does a Deny among them. Returns how many keys were made inactive or
// removed.
int EnsureAdministrator(const pipeline::Services& services, const entity::AccessKey& key,
                        snapshot::AccountEdit& edit);

// EnsureAdministrator with a new key, as one write; `done` is called when it is durable, on the committer's
// thread, or with the error: not_found for an unknown account, conflict for a closed one.
void ResetAdministrator(const pipeline::Services& services, const base::AccountId& account,
                        std::function<void(base::Result<AdministratorKey>)> done);

}  // namespace wardkeep::server
