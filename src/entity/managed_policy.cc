#include "entity/managed_policy.h"

#include <algorithm>

#include "base/assert.h"

namespace wardkeep::entity {

const PolicyVersion* ManagedPolicy::FindVersion(uint32_t number) const {
  const auto found =
      std::lower_bound(versions.begin(), versions.end(), number,
                       [](const PolicyVersion& version, uint32_t n) { return version.number < n; });
  return found != versions.end() && found->number == number ? &*found : nullptr;
}

const PolicyVersion& ManagedPolicy::default_document() const {
  const PolicyVersion* version = FindVersion(default_version);
  WK_ASSERT(version != nullptr);
  return *version;
}

}  // namespace wardkeep::entity
