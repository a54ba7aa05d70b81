// What of an account may carry tags, with its tags: users, roles, managed policies, instance profiles,
// identity providers, server certificates and MFA devices.
#pragma once

#include <string>
#include <vector>

#include "entity/tag.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::tagging {

struct TaggedResource {
  std::string arn;
  std::string type;          // "iam:role", as the types of filters are written
  const entity::Tags* tags;  // points into the state; not empty
};

// Those that have tags, in byte order of their ARNs. Linear in the account.
std::vector<TaggedResource> TaggedResources(const snapshot::AccountState& account);

}  // namespace wardkeep::service::tagging
