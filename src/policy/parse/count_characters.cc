#include "wardkeep/parse.h"

namespace wardkeep::policy {

// Works on any text, valid JSON or not: only quotes and backslashes are looked at. White space inside strings
// counts (policy-semantics 8, row 5); a character is a Unicode code point.
std::size_t CountPolicyCharacters(std::string_view text) {
  std::size_t count = 0;
  bool in_string = false;
  bool escaped = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    const bool continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if ((in_string || !space) && !continuation) ++count;
    if (escaped) {
      escaped = false;
    } else if (in_string && c == '\\') {
      escaped = true;
    } else if (c == '"') {
      in_string = !in_string;
    }
  }
  return count;
}

}  // namespace wardkeep::policy
