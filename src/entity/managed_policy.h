// A customer managed policy with its stored versions (at most five).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "entity/stored_document.h"
#include "entity/tag.h"

namespace wardkeep::entity {

struct PolicyVersion {
  uint32_t number = 1;  // shown as "v1"; never used again after deletion
  DocumentPtr document;
  base::Instant create_date;
};

struct ManagedPolicy {
  std::string id;  // ANPA...
  std::string name;
  std::string path = "/";
  std::string description;
  base::Instant create_date;
  base::Instant update_date;
  uint32_t default_version = 1;
  uint32_t next_version = 2;
  std::vector<PolicyVersion> versions;  // ascending
  Tags tags;

  const PolicyVersion* FindVersion(uint32_t number) const;
  const PolicyVersion& default_document() const;
};

}  // namespace wardkeep::entity
