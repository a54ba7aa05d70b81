// The member `request.principal` of the evaluate format.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evaluate_format/error.h"
#include "json/value.h"
#include "wardkeep/request.h"

namespace wardkeep::evaluate_format {

// What a principal is said to be: exactly one of arn, service and federated.
struct PrincipalTexts {
  std::string arn;
  std::string service;
  std::string federated;
  std::string parent_arn;  // federated users: who made them
  std::string role_arn;    // assumed-role sessions: the role, if it has a path
  std::string unique_id;
};
EvaluateResult<policy::Principal> MakePrincipal(PrincipalTexts texts);

struct EvaluatePrincipal {
  policy::Principal principal;
  std::vector<std::pair<std::string, std::string>> tags;
};

EvaluateResult<EvaluatePrincipal> ReadPrincipal(const json::Value& value);

}  // namespace wardkeep::evaluate_format
