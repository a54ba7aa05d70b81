// One condition test of the executable specification (policy-semantics 3).
#pragma once

#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy::spec {

// `effect`: of the statement.
bool Holds(const ConditionTest& test, Effect effect, LanguageVersion version, const RequestContext& context);
// True for the operators whose values may hold variables (policy-semantics 2.4).
bool TakesVariables(ConditionOperator op);

}  // namespace wardkeep::policy::spec
