// Why a line of `wardkeep evaluate` cannot be used.
#pragma once

#include <string>

#include "base/result.h"

namespace wardkeep::cli {

struct EvaluateError {
  std::string code;         // "InvalidJson", "InvalidInput", or the code AWS gives for the document
  std::string message;      // for a document, AWS's message
  std::string policy_type;  // of the refused document, else empty
  std::string policy;       // its name or number
};

template <typename T>
using EvaluateResult = base::Result<T, EvaluateError>;

// A line that is JSON but does not follow the format.
inline EvaluateError InvalidInput(std::string message) {
  return {"InvalidInput", std::move(message), {}, {}};
}

}  // namespace wardkeep::cli
