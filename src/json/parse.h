// JSON text to Value. Strict RFC 8259: valid UTF-8, one value, nothing after it; bounded in depth, size and
// number of values. Pure function, thread-safe; time is linear in the text (n log n for the members of an
// object).
//
//   base::Result<Value, ParseError> root = Parse(body, {.max_bytes = 1 << 20});
//   if (!root) return Refuse(root.error().message);
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/line_index.h"
#include "json/value.h"

namespace wardkeep::json {

enum class Duplicates : uint8_t {
  kRefuse,  // a member name used twice in one object is an error
  kKeep,    // all are kept in members(); Find gives the last
};

struct ParseLimits {
  std::size_t max_depth = 64;  // nested arrays and objects; at most 1,000
  std::size_t max_bytes = std::size_t{8} << 20;
  std::size_t max_values = 1'000'000;
  Duplicates duplicates = Duplicates::kRefuse;
};

enum class ParseErrorCode : uint8_t {
  kSyntax,
  kInvalidUtf8,
  kTrailingText,
  kTooDeep,
  kTooLarge,  // bytes or values
  kDuplicateMember,
};

struct ParseError {
  ParseErrorCode code = ParseErrorCode::kSyntax;
  std::string message;  // lower case, no position, no text of the document except a repeated member name
  uint32_t offset = 0;  // of the offending part where one is known, else 0
  LineColumn position;  // of `offset`
};

base::Result<Value, ParseError> Parse(std::string_view text, const ParseLimits& limits = {});

}  // namespace wardkeep::json
