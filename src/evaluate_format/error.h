// Why a text of the evaluate format cannot be used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/value.h"
#include "wardkeep/parse.h"

namespace wardkeep::json {
class Writer;
}

namespace wardkeep::evaluate_format {

struct EvaluateError {
  std::string code;  // "InvalidJson", "InvalidInput", "InputTooLarge", or the code AWS gives for the document
  std::string message;      // for a document, AWS's message
  std::string policy_type;  // of the refused document, else empty
  std::string policy;       // its name or number
  // Where in the document, as far as it is known: the way to the element (Statement[0].Effect), and line and
  // column in the document's own text. Line 0: not known.
  std::string at = {};
  policy::Position position = {0, 0};
};

// Where a document is wrong: fills `at` and `position`. `document` is the document as parsed, null when it
// could not be; its spans count from `base`.
void Locate(const policy::DocumentError& refusal, std::string_view text, const json::Value* document,
            uint32_t base, EvaluateError& error);

// The members of the format's error object that say which document is wrong, and where.
void WriteWhere(const EvaluateError& error, json::Writer& out);

template <typename T>
using EvaluateResult = base::Result<T, EvaluateError>;

// Text that is JSON but does not follow the format.
inline EvaluateError InvalidInput(std::string message) {
  return {"InvalidInput", std::move(message), {}, {}};
}

}  // namespace wardkeep::evaluate_format
