#include "service/iam/account_settings.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "entity/quota.h"
#include "service/iam/lookup.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using pipeline::ReadContext;
using pipeline::WriteContext;

// A new alias replaces the old one; aliases are unique over all accounts.
ApiResult<api::iam::CreateAccountAliasResponse> CreateAccountAlias(
    WriteContext& context, const api::iam::CreateAccountAliasRequest& request) {
  if (base::IsAccountId(*request.account_alias)) {
    return api::ValidationError("The account alias must not be a 12-digit number.");
  }
  if (!context.services.directory.ClaimAlias(*request.account_alias, context.account().id())) {
    return api::iam::EntityAlreadyExists("The account alias " + *request.account_alias + " already exists.");
  }
  entity::Account account = context.account().account();
  account.alias = *request.account_alias;
  context.edit.PutAccount(std::move(account));
  return api::iam::CreateAccountAliasResponse{};
}

ApiResult<api::iam::ListAccountAliasesResponse> ListAccountAliases(
    const ReadContext& context, const api::iam::ListAccountAliasesRequest& request) {
  std::vector<std::pair<std::string, std::string>> aliases;
  const std::string& alias = context.account.account().alias;
  if (!alias.empty()) aliases.emplace_back(alias, alias);
  api::iam::ListAccountAliasesResponse response;
  response.account_aliases.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(context, PageRequest{"ListAccountAliases", request.marker, request.max_items}, aliases,
                     [&](const std::string& name) { response.account_aliases->push_back(name); }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::DeleteAccountAliasResponse> DeleteAccountAlias(
    WriteContext& context, const api::iam::DeleteAccountAliasRequest& request) {
  entity::Account account = context.account().account();
  if (account.alias != *request.account_alias) {
    return api::iam::NoSuchEntity("The account alias " + *request.account_alias + " cannot be found.");
  }
  account.alias.clear();
  context.edit.PutAccount(std::move(account));
  return api::iam::DeleteAccountAliasResponse{};
}

ApiResult<api::iam::SetSecurityTokenServicePreferencesResponse> SetSecurityTokenServicePreferences(
    WriteContext& context, const api::iam::SetSecurityTokenServicePreferencesRequest& request) {
  entity::Account account = context.account().account();
  account.global_endpoint_token_version = *request.global_endpoint_token_version == "v2Token" ? 2 : 1;
  context.edit.PutAccount(std::move(account));
  return api::iam::SetSecurityTokenServicePreferencesResponse{};
}

int32_t CountVersions(const snapshot::AccountState& account) {
  std::size_t versions = 0;
  account.policies().ForEach(
      [&](const std::string&, const snapshot::PolicyPtr& policy) { versions += policy->versions.size(); });
  return static_cast<int32_t>(versions);
}

int32_t CountAssigned(const snapshot::AccountState& account) {
  int32_t assigned = 0;
  account.mfa_devices().ForEach([&](const std::string&, const snapshot::MfaDevicePtr& device) {
    if (device->is_assigned()) ++assigned;
  });
  return assigned;
}

// The 34 keys of data-formats section 5.
ApiResult<api::iam::GetAccountSummaryResponse> GetAccountSummary(const ReadContext& context,
                                                                 const api::iam::GetAccountSummaryRequest&) {
  const snapshot::AccountState& account = context.account;
  const auto limit = [&](Quota quota) {
    return static_cast<int32_t>(context.services.limits.Limit(account.id(), quota));
  };
  const auto count = [](std::size_t n) { return static_cast<int32_t>(n); };
  api::iam::GetAccountSummaryResponse response;
  response.summary_map = std::vector<std::pair<std::string, int32_t>>{
      {"Users", count(account.users().size())},
      {"UsersQuota", limit(Quota::kUsersPerAccount)},
      {"Groups", count(account.groups().size())},
      {"GroupsQuota", limit(Quota::kGroupsPerAccount)},
      {"ServerCertificates", count(account.server_certificates().size())},
      {"ServerCertificatesQuota", limit(Quota::kServerCertificatesPerAccount)},
      {"UserPolicySizeQuota", limit(Quota::kInlinePolicySizeUser)},
      {"GroupPolicySizeQuota", limit(Quota::kInlinePolicySizeGroup)},
      {"GroupsPerUserQuota", limit(Quota::kGroupsPerUser)},
      {"SigningCertificatesPerUserQuota", limit(Quota::kSigningCertificatesPerUser)},
      {"AccessKeysPerUserQuota", limit(Quota::kAccessKeysPerUser)},
      {"MFADevices", count(account.mfa_devices().size())},
      {"MFADevicesInUse", CountAssigned(account)},
      {"AccountMFAEnabled", account.MfaDevicesOf(account.id().value()).empty() ? 0 : 1},
      {"AccountAccessKeysPresent", account.account().root_access_keys.empty() ? 0 : 1},
      {"AccountPasswordPresent", account.account().root_password_hash.empty() ? 0 : 1},
      {"AccountSigningCertificatesPresent", account.account().root_signing_certificates.empty() ? 0 : 1},
      {"AttachedPoliciesPerGroupQuota", limit(Quota::kPoliciesPerGroup)},
      {"AttachedPoliciesPerRoleQuota", limit(Quota::kPoliciesPerRole)},
      {"AttachedPoliciesPerUserQuota", limit(Quota::kPoliciesPerUser)},
      {"Policies", count(account.policies().size())},
      {"PoliciesQuota", limit(Quota::kPoliciesPerAccount)},
      {"PolicySizeQuota", limit(Quota::kPolicySize)},
      {"PolicyVersionsInUse", CountVersions(account)},
      {"PolicyVersionsInUseQuota", 10000},
      {"VersionsPerPolicyQuota", limit(Quota::kVersionsPerPolicy)},
      {"GlobalEndpointTokenVersion", account.account().global_endpoint_token_version},
      {"AssumeRolePolicySizeQuota", limit(Quota::kTrustPolicySize)},
      {"InstanceProfiles", count(account.instance_profiles().size())},
      {"InstanceProfilesQuota", limit(Quota::kInstanceProfilesPerAccount)},
      {"Providers", count(account.oidc_providers().size() + account.saml_providers().size())},
      {"RolePolicySizeQuota", limit(Quota::kInlinePolicySizeRole)},
      {"Roles", count(account.roles().size())},
      {"RolesQuota", limit(Quota::kRolesPerAccount)},
  };
  return response;
}

}  // namespace

void RegisterAccountSettings(pipeline::Registry& registry) {
  registry.Write("iam", "CreateAccountAlias", CreateAccountAlias);
  registry.Read("iam", "ListAccountAliases", ListAccountAliases);
  registry.Write("iam", "DeleteAccountAlias", DeleteAccountAlias);
  registry.Write("iam", "SetSecurityTokenServicePreferences", SetSecurityTokenServicePreferences);
  registry.Read("iam", "GetAccountSummary", GetAccountSummary);
}

}  // namespace wardkeep::service::iam
