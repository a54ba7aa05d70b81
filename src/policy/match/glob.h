// Matching of '*' and '?' without backtracking. A pattern is cut at its '*' into chunks; the first is
// compared at the start, the last at the end, and the others are searched left to right, each once: if a
// pattern matches at all, it matches with every chunk at its leftmost place. A chunk of plain text is found
// in linear time; one with '?' or the value of a variable inside is tried at 64 places at a time.
//
// '?' is one character of UTF-8, '*' any run of them including none (policy-semantics 2.1, 2.2, 3.4). Pure
// functions. Only '?' against text beyond ASCII may allocate, and only when both together are longer than
// about 1,000 bytes.
#pragma once

#include <span>
#include <string_view>

#include "policy/match/piece.h"

namespace wardkeep::policy {

// Whether the whole of `text` matches. There must be no kVariable among the pieces (see ResolvedPieces).
bool MatchesGlob(std::span<const Piece> pieces, std::string_view text);

// Whether the texts of the pieces, one after the other, equal `text` under simple case folding of ASCII and
// Latin-1 letters (policy-semantics 8 row 20). There must be no kOne, kRun or kVariable among the pieces.
bool EqualsIgnoringCase(std::span<const Piece> pieces, std::string_view text);

}  // namespace wardkeep::policy
