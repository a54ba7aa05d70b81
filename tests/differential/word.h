// Values made up of parts, for what a table of words does not reach: deep wildcards, long decimals, odd
// dates.
#pragma once

#include <string>

#include "differential/byte_source.h"
#include "differential/vocabulary.h"

namespace wardkeep::differential {

enum class Side { kContext, kPolicy };

// A value of the kind, from the vocabulary or made up. Dates of the policy side can always be read.
std::string MakeValue(ByteSource& bytes, ValueKind kind, Side side);
// The end of a resource ARN: `side` says whether wildcards and variables may occur.
std::string MakeResourcePart(ByteSource& bytes, Side side);

}  // namespace wardkeep::differential
