// The answers of the evaluate format.
#pragma once

#include <cstddef>
#include <string>

#include "evaluate_format/error.h"
#include "evaluate_format/policies.h"
#include "json/value.h"
#include "wardkeep/decision.h"

namespace wardkeep::evaluate_format {

// `id` is echoed, null if the line has none. `explanation` may be null.
std::string WriteAnswer(const json::Value* id, const policy::Decision& decision,
                        const EvaluatePolicies& policies, const policy::Explanation* explanation);
std::string WriteError(const json::Value* id, const EvaluateError& error, std::size_t line);

}  // namespace wardkeep::evaluate_format
