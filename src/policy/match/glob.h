// Matching of '*' and '?' without backtracking. A pattern is cut at its '*' into chunks; the first is
// compared at the start, the last at the end, and the others are searched left to right, each once: if a
// pattern matches at all, it matches with every chunk at its leftmost place. A chunk of plain text is found
// in linear time; one with '?' or the value of a variable inside is tried at 64 places at a time.
//
// '?' is one unit of UTF-16, so that a character beyond U+FFFF takes two of them; '*' is any run including
// none (policy-semantics 2.1, 2.2, 3.4). Pure functions. Only '?' against text beyond ASCII may allocate, and
// only when both together are longer than about 1,000 bytes.
#pragma once

#include <span>
#include <string_view>

#include "policy/match/piece.h"

namespace wardkeep::policy {

// Whether the whole of `text` matches. There must be no kVariable among the pieces (see ResolvedPieces).
bool MatchesGlob(std::span<const Piece> pieces, std::string_view text);

}  // namespace wardkeep::policy
