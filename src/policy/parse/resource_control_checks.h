// What a resource control policy may not hold (policy-semantics 1.5, column RCP). The texts never reach a
// client: Organizations answers every fault of a document with one message.
#pragma once

#include "policy/parse/check.h"

namespace wardkeep::policy {

// Deny only, except AWS's own RCPFullAWSAccess statement when the options accept it.
std::optional<Complaint> CheckDeniesOnly(const Draft& draft, const CheckContext& context);
// Principal is "*" in that very form; NotPrincipal is forbidden.
std::optional<Complaint> CheckPrincipalIsStar(const Draft& draft, const CheckContext& context);
// Action with a service prefix; NotAction is forbidden.
std::optional<Complaint> CheckActionsNameAService(const Draft& draft, const CheckContext& context);

}  // namespace wardkeep::policy
