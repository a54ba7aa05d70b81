// What who-can and what-can cannot answer: a question that names no single action or resource. A pattern is
// refused rather than taken for a name: what it matches may be allowed in part.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::who_can {

// A sentence that says what is wrong with the action and what to do, or nothing: it must be the name of one
// action of the service authorization reference, in any letter case, or an action that needs no permission.
// Pure, thread-safe; unpacks one service of the catalogue.
std::optional<std::string> WrongAction(std::string_view action);

// The same for the resource: "*" alone, or an ARN without wildcards.
std::optional<std::string> WrongResource(std::string_view resource);

}  // namespace wardkeep::who_can
