// Finding a chunk of more than 64 bytes with '?' inside: 2,048 neighbouring starts are bits, and each byte of
// the chunk clears those at which it does not stand. Where a byte stands in the text is worked out once for a
// stretch of the chunk, at all eight shifts, so that one more byte costs a few loads for all starts. Pure,
// allocates nothing.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "policy/match/piece.h"

namespace wardkeep::policy {

// The first place in `text` at which the chunk stands, or npos. There must be kText and kOne only among the
// pieces, with `width` bytes together, not more than the text has. Time is at most the product of both sizes,
// over 128.
std::size_t FindWideChunk(std::span<const Piece> chunk, std::size_t width, std::string_view text);

}  // namespace wardkeep::policy
