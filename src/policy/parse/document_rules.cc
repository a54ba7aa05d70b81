#include "policy/parse/document_rules.h"

#include <array>

#include "policy/parse/principal_checks.h"
#include "policy/parse/resource_control_checks.h"
#include "policy/parse/statement_checks.h"

namespace wardkeep::policy {
namespace {

constexpr Check kIdentityChecks[] = {
    CheckNoPrincipal, CheckVersion2012,    CheckEffectsAndDates, CheckLegacyResources, CheckSidForm,
    CheckSidsUnique,  CheckActionsPresent, CheckResourceForm,    CheckActionForm,      CheckResourcesPresent,
};

// Either language version; short ARNs are refused.
constexpr Check kSessionChecks[] = {
    CheckNoPrincipal,    CheckEffectsAndDates, CheckLegacyResources, CheckSidForm,          CheckSidsUnique,
    CheckActionsPresent, CheckResourceForm,    CheckActionForm,      CheckResourcesPresent, CheckNoShortArns,
};

constexpr Check kTrustChecks[] = {
    CheckEffectsAndDates, CheckNoResource,     CheckTrustPrincipals, CheckSidForm,
    CheckSidsUnique,      CheckActionsPresent, CheckActionForm,      CheckTrustActions,
};

// Sids are free text (1.3) and Resource depends on the service (1.5).
constexpr Check kResourceChecks[] = {
    CheckEffectsAndDates, CheckPrincipalPresent, CheckNotPrincipalOnlyDenies, CheckPrincipalForm,
    CheckSidsUnique,      CheckActionsPresent,   CheckResourceForm,           CheckActionForm,
};

constexpr Check kServiceControlChecks[] = {
    CheckNoPrincipal,      CheckVersion2012,        CheckEffectsAndDates, CheckLegacyResources,
    CheckSidsUnique,       CheckActionsPresent,     CheckResourceForm,    CheckActionForm,
    CheckResourcesPresent, CheckShortArnsEndInStar,
};

constexpr Check kResourceControlChecks[] = {
    CheckVersion2012,         CheckEffectsAndDates,  CheckDeniesOnly,     CheckPrincipalIsStar,
    CheckActionsNameAService, CheckSidsUnique,       CheckActionsPresent, CheckResourceForm,
    CheckActionForm,          CheckResourcesPresent, CheckNoShortArns,
};

constexpr Check kEndpointChecks[] = {
    CheckEffectsAndDates, CheckPrincipalForm, CheckSidsUnique,       CheckActionsPresent,
    CheckResourceForm,    CheckActionForm,    CheckResourcesPresent,
};

constexpr std::string_view kMalformed = "MalformedPolicyDocument";
constexpr std::string_view kOrganizationsCode = "MalformedPolicyDocumentException";
constexpr std::string_view kOrganizationsMessage =
    "The provided policy document does not meet the requirements of the specified policy type.";
constexpr std::string_view kSyntax = "Syntax errors in policy.";

constexpr auto kIgnored = PrincipalShape::kIgnored;
constexpr auto kChecked = PrincipalShape::kChecked;

// Columns: kind, principals, checks, code, text when not JSON, only message, absent principal is anyone.
constexpr std::array<DocumentRules, 8> kRules = {{
    {DocumentKind::kIdentity, kIgnored, kIdentityChecks, kMalformed, kSyntax, "", false},
    {DocumentKind::kPermissionsBoundary, kIgnored, kIdentityChecks, kMalformed, kSyntax, "", false},
    {DocumentKind::kSession, kIgnored, kSessionChecks, kMalformed, kSyntax, "", false},
    {DocumentKind::kTrust, kChecked, kTrustChecks, kMalformed, "This policy contains invalid Json", "",
     false},
    {DocumentKind::kResource, kChecked, kResourceChecks, "MalformedPolicy", kSyntax, "", false},
    {DocumentKind::kServiceControl, kIgnored, kServiceControlChecks, kOrganizationsCode, "",
     kOrganizationsMessage, false},
    {DocumentKind::kResourceControl, kChecked, kResourceControlChecks, kOrganizationsCode, "",
     kOrganizationsMessage, false},
    {DocumentKind::kEndpoint, kChecked, kEndpointChecks, kMalformed, kSyntax, "", true},
}};

constexpr bool InEnumOrder() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<std::size_t>(kRules[i].kind) != i) return false;
  }
  return true;
}
static_assert(InEnumOrder(), "RulesOf indexes the table by the enumerator");

}  // namespace

const DocumentRules& RulesOf(DocumentKind kind) {
  return kRules[static_cast<std::size_t>(kind)];
}

}  // namespace wardkeep::policy
