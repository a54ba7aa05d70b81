// The member `request.principal` of the evaluate format.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/evaluate_error.h"
#include "json/value.h"
#include "wardkeep/request.h"

namespace wardkeep::cli {

struct EvaluatePrincipal {
  policy::Principal principal;
  std::vector<std::pair<std::string, std::string>> tags;
};

EvaluateResult<EvaluatePrincipal> ReadPrincipal(const json::Value& value);

}  // namespace wardkeep::cli
