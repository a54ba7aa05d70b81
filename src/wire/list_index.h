// The indexes of list elements in the names of Query parameters: `Tags.member.2.Key`. How AWS reads them is
// recorded in wire-protocols.md 2.1.1. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/api_error.h"
#include "base/result.h"

namespace wardkeep::wire {

inline constexpr uint64_t kMostSkipped = 10;  // elements that may be left out in one place

enum class Segment : uint8_t {
  kNumber,  // digits
  kWord,    // anything else, `+1` included
};
// What the part of a name between two dots is.
Segment SegmentKind(std::string_view text);

// The value of a number, from 1 on. MalformedInput for zero and for numbers of over 18 digits.
base::Result<uint64_t, api::ApiError> ReadIndex(std::string_view digits);

// Whether `index` may follow when the elements up to `reached` are there. MalformedInput when it would leave
// out more than kMostSkipped.
base::Result<void, api::ApiError> CheckGap(uint64_t index, uint64_t reached);

// MalformedInput for a word that begins with '-'; success for other words.
base::Result<void, api::ApiError> CheckWord(std::string_view word);

// The name with its numbers written without leading zeros: `01` and `1` are the same element, and what is
// below them is one thing.
std::string WithPlainIndexes(std::string_view name);
// Whether WithPlainIndexes would change the name.
bool HasLeadingZeros(std::string_view name);

}  // namespace wardkeep::wire
