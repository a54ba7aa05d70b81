// Percent-encoding (RFC 3986). The unreserved set is A-Z a-z 0-9 - _ . ~; everything else becomes %XX, upper
// case.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::base {

std::string PercentEncode(std::string_view text);
// Like PercentEncode, but '/' stays.
std::string PercentEncodePath(std::string_view text);

enum class PlusSign { kLiteral, kSpace };
// nullopt for a truncated or non-hexadecimal escape.
std::optional<std::string> PercentDecode(std::string_view text, PlusSign plus);

}  // namespace wardkeep::base
