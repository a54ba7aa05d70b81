// The member `request` of the evaluate format.
#pragma once

#include "cli/evaluate_error.h"
#include "json/value.h"
#include "wardkeep/request.h"

namespace wardkeep::cli {

// With the context keys that follow from the principal filled in.
EvaluateResult<policy::Request> ReadRequest(const json::Value& line);

}  // namespace wardkeep::cli
