// Names of the kinds of document in text formats: the corpus of validation cases and the offline commands.
#pragma once

#include <optional>
#include <string_view>

#include "wardkeep/document.h"

namespace wardkeep::policy {

// "identity", "boundary", "session", "trust", "resource", "scp", "rcp" or "endpoint".
std::string_view DocumentKindName(DocumentKind kind);
std::optional<DocumentKind> ParseDocumentKind(std::string_view name);

}  // namespace wardkeep::policy
