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
  std::optional<base::Instant> status_changed = std::nullopt;  // nullopt: never
};

}  // namespace wardkeep::entity
