// Unique ids of IAM entities: a four-letter prefix and 17 characters of A-Z2-7 (data-formats section 2). An
// id is never used again, so a re-created user is another principal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/rng.h"

namespace wardkeep::entity {

enum class UniqueIdKind : uint8_t { kUser, kGroup, kRole, kPolicy, kInstanceProfile };

// "AIDA", "AGPA", "AROA", "ANPA", "AIPA".
std::string_view UniqueIdPrefix(UniqueIdKind kind);

// 85 random bits; the caller need not look for collisions.
std::string MakeUniqueId(UniqueIdKind kind, base::Rng& rng);

// The kind of a text in the form of a unique id: a known prefix, then 12 to 124 characters A-Z0-9 (older AWS
// ids also hold 0, 1, 8 and 9). nullopt for anything else.
std::optional<UniqueIdKind> UniqueIdKindOf(std::string_view text);

}  // namespace wardkeep::entity
