// Checks of Principal and NotPrincipal where they are allowed, and of what else a role trust policy may hold
// (policy-semantics 1.4, 1.5 and the trust policy messages of 1.8).
#pragma once

#include "policy/parse/check.h"

namespace wardkeep::policy {

// Role trust policies.
std::optional<Complaint> CheckNoResource(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckTrustPrincipals(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckTrustActions(const Draft& draft, const CheckContext& context);

// Other resource-based policies and endpoint policies.
std::optional<Complaint> CheckPrincipalPresent(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckPrincipalForm(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckNotPrincipalOnlyDenies(const Draft& draft, const CheckContext& context);

}  // namespace wardkeep::policy
