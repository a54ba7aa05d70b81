// The member `request` of the evaluate format.
#pragma once

#include "evaluate_format/error.h"
#include "json/value.h"
#include "wardkeep/request.h"

namespace wardkeep::evaluate_format {

// With the context keys that follow from the principal filled in.
EvaluateResult<policy::Request> ReadRequest(const json::Value& request);

}  // namespace wardkeep::evaluate_format
