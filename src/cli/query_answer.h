// Answers of the AWS Query protocol as the program's own calls need them: the texts of elements by name.
// Takes well-formed and broken XML alike; what is not there is not found. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::cli {

// What stands between <name> (attributes allowed) and </name>, for each such element in the order of the
// text, as written.
std::vector<std::string_view> ElementsOf(std::string_view xml, std::string_view name);

// The text of the first element of that name, entities undone; nullopt when there is none.
std::optional<std::string> TextOf(std::string_view xml, std::string_view name);

}  // namespace wardkeep::cli
