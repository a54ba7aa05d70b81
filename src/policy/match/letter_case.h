// Comparing texts in lower case, as StringEqualsIgnoreCase does (policy-semantics 3.4): both sides are put
// into Unicode's full lower case, with the rule for a sigma at the end of a word, and then compared. That is
// neither case folding ("ß" is not "SS") nor normalisation ("é" is not "e" with an accent). Bytes that are no
// UTF-8 equal themselves only. Pure functions, allocate nothing, time is linear.
#pragma once

#include <span>
#include <string_view>

#include "policy/match/piece.h"

namespace wardkeep::policy {

// Whether the texts of the pieces, one after the other, equal `text` in lower case. There must be kText only
// among the pieces (see ResolvedPieces).
bool EqualsInLowerCase(std::span<const Piece> pieces, std::string_view text);

// Facts about one scalar. Lower case: of U+0130 the first of its two ("i" and U+0307).
char32_t LowerCaseOf(char32_t scalar);
bool IsCased(char32_t scalar);  // and not case-ignorable
bool IsCaseIgnorable(char32_t scalar);

}  // namespace wardkeep::policy
