#include "entity/quota.h"

#include <array>

#include "base/assert.h"

namespace wardkeep::entity {
namespace {

struct QuotaRow {
  Quota quota;
  std::string_view name;
  int64_t limit;
};

// data-formats section 15 and policy-semantics 1.6: the defaults of a new AWS account. Where both pages give
// an older and a newer value (managed policies per role: 10, then 20) the newer one of policy-semantics 1.6
// is used. Names marked "own" do not occur in any recorded AWS message: those limits have a text of their own
// (versions, inline sizes) or an unknown one (tags).
constexpr std::array<QuotaRow, static_cast<std::size_t>(Quota::kCount)> kQuotas = {{
    {Quota::kUsersPerAccount, "UsersPerAccount", 5000},
    {Quota::kGroupsPerAccount, "GroupsPerAccount", 300},
    {Quota::kRolesPerAccount, "RolesPerAccount", 1000},
    {Quota::kPoliciesPerAccount, "PoliciesPerAccount", 1500},
    {Quota::kInstanceProfilesPerAccount, "InstanceProfilesPerAccount", 1000},
    {Quota::kGroupsPerUser, "GroupsPerUser", 10},
    {Quota::kAccessKeysPerUser, "AccessKeysPerUser", 2},
    {Quota::kMfaDevicesPerUser, "MFADevicesPerUser", 8},
    {Quota::kVirtualMfaDevicesPerAccount, "VirtualMFADevicesPerAccount", 5000},  // own
    {Quota::kPoliciesPerUser, "PoliciesPerUser", 10},
    {Quota::kPoliciesPerGroup, "PoliciesPerGroup", 10},
    {Quota::kPoliciesPerRole, "PoliciesPerRole", 20},
    {Quota::kRolesPerInstanceProfile, "InstanceSessionsPerInstanceProfile", 1},
    {Quota::kVersionsPerPolicy, "VersionsPerPolicy", 5},  // own
    {Quota::kPolicySize, "PolicySize", 6144},
    {Quota::kTrustPolicySize, "ACLSizePerRole", 2048},
    {Quota::kInlinePolicySizeUser, "InlinePolicySizePerUser", 2048},    // own
    {Quota::kInlinePolicySizeGroup, "InlinePolicySizePerGroup", 5120},  // own
    {Quota::kInlinePolicySizeRole, "InlinePolicySizePerRole", 10240},   // own
    {Quota::kTagsPerResource, "TagsPerResource", 50},                   // own
    {Quota::kSshPublicKeysPerUser, "SSHPublicKeysPerUser", 5},          // unverified
    {Quota::kSigningCertificatesPerUser, "CertificatesPerUser", 2},
    {Quota::kServiceCredentialsPerUser, "ContextSpecificCredentialsPerUserPerContext", 2},
    {Quota::kServerCertificatesPerAccount, "ServerCertificatesPerAccount", 20},   // unverified
    {Quota::kDelegationRequestsPerAccount, "DelegationRequestsPerAccount", 500},  // own
    {Quota::kOidcProvidersPerAccount, "OpenIDConnectProvidersPerAccount", 100},
    {Quota::kClientIdsPerOidcProvider, "ClientIdsPerOpenIdConnectProvider", 100},
    {Quota::kSamlProvidersPerAccount, "SAMLProvidersPerAccount", 100},      // own
    {Quota::kPrivateKeysPerSamlProvider, "PrivateKeysPerSAMLProvider", 2},  // own
    {Quota::kKeysPerSamlProvider, "KeysPerSAMLProvider", 10},               // own
}};

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kQuotas.size(); ++i) {
    if (static_cast<std::size_t>(kQuotas[i].quota) != i) return false;
  }
  return true;
}
static_assert(InOrder(), "one row per quota, in the order of the enumeration");

const QuotaRow& RowOf(Quota quota) {
  WK_ASSERT(quota < Quota::kCount);
  return kQuotas[static_cast<std::size_t>(quota)];
}

}  // namespace

std::string_view QuotaName(Quota quota) {
  return RowOf(quota).name;
}

int64_t DefaultLimit(Quota quota) {
  return RowOf(quota).limit;
}

std::string QuotaMessage(Quota quota, int64_t limit) {
  std::string message = "Cannot exceed quota for ";
  return message.append(QuotaName(quota)).append(": ").append(std::to_string(limit));
}

}  // namespace wardkeep::entity
