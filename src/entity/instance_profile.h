// An instance profile: a container for at most one role.
#pragma once

#include <string>

#include "base/clock.h"
#include "entity/tag.h"

namespace wardkeep::entity {

struct InstanceProfile {
  std::string id;  // AIPA...
  std::string name;
  std::string path = "/";
  base::Instant create_date;
  std::string role_id;  // AROA..., empty for none
  Tags tags;
};

}  // namespace wardkeep::entity
