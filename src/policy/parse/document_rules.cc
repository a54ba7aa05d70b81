#include "policy/parse/document_rules.h"

#include <array>

#include "policy/parse/principal_checks.h"
#include "policy/parse/resource_control_checks.h"
#include "policy/parse/statement_checks.h"

namespace wardkeep::policy {
namespace {

constexpr Check kIdentityChecks[] = {
    CheckNoPrincipal,      CheckVersion2012,      CheckStatementAfterVersion,
    CheckEffectsAndValues, CheckLegacyResources,  CheckSidForm,
    CheckSidsUnique,       CheckActionsPresent,   CheckResourceForm,
    CheckActionForm,       CheckConditionKeyForm, CheckResourcesPresent,
    CheckNoSpaceInFront,
};

// Either language version; short ARNs are refused. Values that cannot be read are taken, except binary ones,
// and the recorded refusals of the place of Version and of white space are all of documents that IAM keeps
// (1.8).
constexpr Check kSessionChecks[] = {
    CheckNoPrincipal,      CheckEffectsAndBinary, CheckLegacyResources, CheckSidForm,
    CheckSidsUnique,       CheckActionsPresent,   CheckResourceForm,    CheckActionForm,
    CheckConditionKeyForm, CheckResourcesPresent, CheckNoShortArns,
};

constexpr Check kTrustChecks[] = {
    CheckStatementAfterVersion, CheckEffectsAndValues, CheckNoResource,
    CheckTrustPrincipals,       CheckSidForm,          CheckSidsUnique,
    CheckActionsPresent,        CheckActionForm,       CheckConditionKeyForm,
    CheckTrustActions,          CheckNoSpaceInFront,
};

// Sids are free text (1.3) and Resource depends on the service (1.5).
constexpr Check kResourceChecks[] = {
    CheckEffectsAndDates, CheckPrincipalPresent, CheckNotPrincipalOnlyDenies, CheckPrincipalForm,
    CheckSidsUnique,      CheckActionsPresent,   CheckResourceForm,           CheckActionForm,
};

// Control policies: either language version, and none, which the documents deny and the service takes (1.5).
constexpr Check kServiceControlChecks[] = {
    CheckNoPrincipal, CheckEffectsAndDates,  CheckLegacyResources,
    CheckSidsUnique,  CheckActionsPresent,   CheckResourceForm,
    CheckActionForm,  CheckResourcesPresent, CheckShortArnsEndInStar,
};

constexpr Check kResourceControlChecks[] = {
    CheckEffectsAndDates, CheckDeniesOnly,   CheckPrincipalIsStar, CheckActionsNameAService, CheckSidsUnique,
    CheckActionsPresent,  CheckResourceForm, CheckActionForm,      CheckResourcesPresent,    CheckNoShortArns,
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
