// Phase 1 of the save-time checks: from a JSON tree to a Draft, or the byte where the grammar of
// policy-semantics 1.1 is first broken. Pure function, thread-safe.
#pragma once

#include "base/result.h"
#include "json/value.h"
#include "policy/parse/draft.h"

namespace wardkeep::policy {

// Whether Principal and NotPrincipal must follow the grammar. Kinds that forbid the elements refuse them
// whatever they hold, with a message of their own.
enum class PrincipalShape : uint8_t { kChecked, kIgnored };

base::Result<Draft, Complaint> ReadDraft(json::Value root, PrincipalShape principals);

}  // namespace wardkeep::policy
