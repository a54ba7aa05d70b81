// Why a text of the evaluate format cannot be used.
#pragma once

#include <string>

#include "base/result.h"

namespace wardkeep::evaluate_format {

struct EvaluateError {
  std::string code;  // "InvalidJson", "InvalidInput", "InputTooLarge", or the code AWS gives for the document
  std::string message;      // for a document, AWS's message
  std::string policy_type;  // of the refused document, else empty
  std::string policy;       // its name or number
};

template <typename T>
using EvaluateResult = base::Result<T, EvaluateError>;

// Text that is JSON but does not follow the format.
inline EvaluateError InvalidInput(std::string message) {
  return {"InvalidInput", std::move(message), {}, {}};
}

}  // namespace wardkeep::evaluate_format
