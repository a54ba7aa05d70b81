// The form of one Resource or NotResource value (policy-semantics 1.8, phases 3 and 6). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::policy {

// Phase 6: AWS's message for a value of a wrong form; nullopt when the form is right.
std::optional<std::string> ResourceFormComplaint(std::string_view resource, std::string_view partition);

// Phase 3 (c): fewer than five colons with two of them in a row, or an empty service.
bool FailsLegacyParsing(std::string_view resource);

}  // namespace wardkeep::policy
