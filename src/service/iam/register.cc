#include "service/iam/register.h"

#include "service/iam/access_keys.h"
#include "service/iam/account_properties.h"
#include "service/iam/account_settings.h"
#include "service/iam/attachments.h"
#include "service/iam/authorization_details.h"
#include "service/iam/boundaries.h"
#include "service/iam/context_keys.h"
#include "service/iam/credential_report.h"
#include "service/iam/delegation_creation.h"
#include "service/iam/delegation_requests.h"
#include "service/iam/granting_policies.h"
#include "service/iam/groups.h"
#include "service/iam/human_readable_summary.h"
#include "service/iam/inline_policies.h"
#include "service/iam/instance_profiles.h"
#include "service/iam/login_profiles.h"
#include "service/iam/managed_policies.h"
#include "service/iam/memberships.h"
#include "service/iam/mfa_devices.h"
#include "service/iam/oidc_providers.h"
#include "service/iam/organization_features.h"
#include "service/iam/organizations_access_report.h"
#include "service/iam/outbound_federation.h"
#include "service/iam/password_policy.h"
#include "service/iam/policy_entities.h"
#include "service/iam/policy_versions.h"
#include "service/iam/role_templates.h"
#include "service/iam/roles.h"
#include "service/iam/saml_providers.h"
#include "service/iam/server_certificates.h"
#include "service/iam/service_credentials.h"
#include "service/iam/service_last_accessed.h"
#include "service/iam/service_linked_roles.h"
#include "service/iam/signing_certificates.h"
#include "service/iam/simulators.h"
#include "service/iam/ssh_public_keys.h"
#include "service/iam/tags.h"
#include "service/iam/users.h"
#include "service/iam/virtual_mfa_devices.h"

namespace wardkeep::service::iam {

void RegisterAll(pipeline::Registry& registry) {
  RegisterUsers(registry);
  RegisterGroups(registry);
  RegisterMemberships(registry);
  RegisterRoles(registry);
  RegisterManagedPolicies(registry);
  RegisterPolicyVersions(registry);
  RegisterPolicyEntities(registry);
  RegisterInlinePolicies(registry);
  RegisterAttachments(registry);
  RegisterBoundaries(registry);
  RegisterTags(registry);
  RegisterAccessKeys(registry);
  RegisterSshPublicKeys(registry);
  RegisterSigningCertificates(registry);
  RegisterServerCertificates(registry);
  RegisterServiceCredentials(registry);
  RegisterLoginProfiles(registry);
  RegisterPasswordPolicy(registry);
  RegisterVirtualMfaDevices(registry);
  RegisterMfaDevices(registry);
  RegisterInstanceProfiles(registry);
  RegisterAccountSettings(registry);
  RegisterAccountProperties(registry);
  RegisterAuthorizationDetails(registry);
  RegisterServiceLinkedRoles(registry);
  RegisterOrganizationFeatures(registry);
  RegisterDelegationCreation(registry);
  RegisterDelegationRequests(registry);
  RegisterHumanReadableSummary(registry);
  RegisterRoleTemplates(registry);
  RegisterOidcProviders(registry);
  RegisterSimulators(registry);
  RegisterContextKeys(registry);
  RegisterSamlProviders(registry);
  RegisterOutboundFederation(registry);
  RegisterCredentialReport(registry);
  RegisterServiceLastAccessed(registry);
  RegisterGrantingPolicies(registry);
  RegisterOrganizationsAccessReport(registry);
}

}  // namespace wardkeep::service::iam
