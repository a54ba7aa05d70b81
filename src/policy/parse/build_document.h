// From a Draft that passed all its checks to the Document everyone else reads. Pure function.
#pragma once

#include <string_view>

#include "policy/parse/document_rules.h"
#include "policy/parse/draft.h"
#include "wardkeep/document.h"

namespace wardkeep::policy {

// `text` is what the draft was read from; it gives the positions.
Document BuildDocument(const Draft& draft, const DocumentRules& rules, std::string_view text);

}  // namespace wardkeep::policy
