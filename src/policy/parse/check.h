// The shape of a save-time check. Each check looks at the whole document and reports the first fault it is
// about; a document kind is a list of checks run in order (document_rules.h). Checks are pure functions.
#pragma once

#include <optional>

#include "policy/parse/draft.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {

struct CheckContext {
  const ParseOptions& options;
};

using Check = std::optional<Complaint> (*)(const Draft& draft, const CheckContext& context);

}  // namespace wardkeep::policy
