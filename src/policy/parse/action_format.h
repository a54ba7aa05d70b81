// The form of one Action or NotAction value (policy-semantics 1.8, phase 7). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::policy {

// AWS's message for a value of a wrong form; nullopt when the form is right.
std::optional<std::string> ActionFormComplaint(std::string_view action);

// True for actions that a role trust policy may name: the STS actions that take on a role, ignoring ASCII
// case, and patterns that start with "sts:" and match at least one of them (policy-semantics 1.5).
bool IsTrustPolicyAction(std::string_view action);

}  // namespace wardkeep::policy
