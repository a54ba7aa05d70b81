// Holds the evaluator to the specification on one case.
#pragma once

#include <string>

#include "policy_case/parsed_case.h"

namespace wardkeep::policy_case {

// Empty when Evaluate, with and without an explanation, without indexes, with them and with such that know
// some actions beforehand, alone and in a batch, says what the specification says: verdict, basis, statement,
// missing layers, matched statements, missing context keys. Otherwise what differs, both sides in words.
std::string Difference(const policy::Request& request, const ParsedLayers& layers,
                       const policy::spec::Answer& expected);

std::string Describe(const policy::Decision& decision);

}  // namespace wardkeep::policy_case
