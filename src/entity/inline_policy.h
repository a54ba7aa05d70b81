// A policy embedded in one user, group or role.
#pragma once

#include <string>
#include <vector>

#include "entity/stored_document.h"

namespace wardkeep::entity {

struct InlinePolicy {
  std::string name;
  DocumentPtr document;
};
using InlinePolicies = std::vector<InlinePolicy>;  // sorted by name bytes

}  // namespace wardkeep::entity
