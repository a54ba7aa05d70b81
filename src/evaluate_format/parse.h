// JSON text of the evaluate format to a tree. Pure, thread-safe, bounded by json::ParseLimits.
#pragma once

#include <optional>
#include <string_view>

#include "evaluate_format/error.h"
#include "json/value.h"

namespace wardkeep::evaluate_format {

struct ParsedText {
  json::Value root;
  // Set when a member name is used twice in one object. Inside of a document that is the parser's business,
  // whose error comes first; a text without another error is refused with this one.
  std::optional<EvaluateError> repeated;
};

// "InvalidJson" for text that is no JSON.
EvaluateResult<ParsedText> ParseText(std::string_view text);

}  // namespace wardkeep::evaluate_format
