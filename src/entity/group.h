// An IAM group. Its members are kept with the users (User::group_ids).
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "entity/inline_policy.h"

namespace wardkeep::entity {

struct Group {
  std::string id;  // AGPA...
  std::string name;
  std::string path = "/";
  base::Instant create_date;
  InlinePolicies inline_policies;
  std::vector<std::string> attached_policies;
};

}  // namespace wardkeep::entity
