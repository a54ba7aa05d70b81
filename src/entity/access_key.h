// A long-term access key. The secret is sealed with the master key and never leaves this form at rest.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace wardkeep::entity {

enum class KeyStatus { kActive, kInactive };

struct AccessKey {
  std::string id;             // AKIA..., 20 characters
  std::string sealed_secret;  // bytes of crypto::Sealer, purpose "access-key-secret", bound to `id`
  KeyStatus status = KeyStatus::kActive;
  base::Instant create_date;
  std::optional<base::Instant> status_changed = std::nullopt;  // nullopt: as it was made
  // When notice was given that a hygiene rule will switch it off; nullopt: none is pending.
  std::optional<base::Instant> hygiene_warned = std::nullopt;
};

}  // namespace wardkeep::entity
