// The policy a delegation request asks for: a managed policy as template, whose @{name} are filled in with
// the request's parameters. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entity/delegation_request.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// The JSON text of `policy_template` with every "@{name}" replaced. A text parameter replaces it inside of a
// string; a list parameter replaces a whole string "@{name}" by an array, or by its elements inside of one.
// InvalidInput when a name has no parameter, a parameter has no place, a text parameter has not exactly one
// value, or the result is longer than 131,072 bytes.
ApiResult<std::string> FillTemplate(std::string_view policy_template,
                                    const std::vector<entity::PolicyParameter>& parameters);

}  // namespace wardkeep::service::iam
