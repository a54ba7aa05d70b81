// The checks that several kinds of document share: phases 2 to 8 of policy-semantics 1.8, one function each.
#pragma once

#include "policy/parse/check.h"

namespace wardkeep::policy {

// Right after phase 1: neither Principal nor NotPrincipal anywhere.
std::optional<Complaint> CheckNoPrincipal(const Draft& draft, const CheckContext& context);
// Phase 2.
std::optional<Complaint> CheckVersion2012(const Draft& draft, const CheckContext& context);
// Phase 3 (d), which comes before (a), and (e), which comes last of all.
std::optional<Complaint> CheckStatementAfterVersion(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckNoSpaceInFront(const Draft& draft, const CheckContext& context);
// Phase 3 (a), (b) and (f): the letter case of Effect, and values that their operator cannot read. Which of
// them are refused depends on the kind of document.
std::optional<Complaint> CheckEffectsAndValues(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckEffectsAndDates(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckEffectsAndBinary(const Draft& draft, const CheckContext& context);
// Phase 3 (c), silent when an earlier resource already has a fault of phase 6.
std::optional<Complaint> CheckLegacyResources(const Draft& draft, const CheckContext& context);
// Phase 4, first and second half.
std::optional<Complaint> CheckSidForm(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckSidsUnique(const Draft& draft, const CheckContext& context);
// Phase 5.
std::optional<Complaint> CheckActionsPresent(const Draft& draft, const CheckContext& context);
// Phase 6.
std::optional<Complaint> CheckResourceForm(const Draft& draft, const CheckContext& context);
// Phase 7: actions, then the keys of conditions.
std::optional<Complaint> CheckActionForm(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckConditionKeyForm(const Draft& draft, const CheckContext& context);
// Phase 8.
std::optional<Complaint> CheckResourcesPresent(const Draft& draft, const CheckContext& context);
// Resources with fewer than six components; session policies and RCPs refuse them all, SCPs those that do not
// end in a wildcard (policy-semantics 1.7).
std::optional<Complaint> CheckNoShortArns(const Draft& draft, const CheckContext& context);
std::optional<Complaint> CheckShortArnsEndInStar(const Draft& draft, const CheckContext& context);

}  // namespace wardkeep::policy
