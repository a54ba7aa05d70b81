// AWS's limits with their names in "Cannot exceed quota for NAME: N" (data-formats section 15). One table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wardkeep::entity {

enum class Quota : uint8_t {
  kUsersPerAccount,
  kGroupsPerAccount,
  kRolesPerAccount,
  kPoliciesPerAccount,
  kInstanceProfilesPerAccount,
  kGroupsPerUser,
  kAccessKeysPerUser,
  kMfaDevicesPerUser,  // and per root user
  kVirtualMfaDevicesPerAccount,
  kPoliciesPerUser,
  kPoliciesPerGroup,
  kPoliciesPerRole,
  kRolesPerInstanceProfile,
  kVersionsPerPolicy,
  kPolicySize,  // characters, white space outside strings not counted
  kTrustPolicySize,
  kInlinePolicySizeUser,
  kInlinePolicySizeGroup,
  kInlinePolicySizeRole,
  kTagsPerResource,
  kSshPublicKeysPerUser,
  kSigningCertificatesPerUser,
  kServiceCredentialsPerUser,  // of one service
  kServerCertificatesPerAccount,
  kDelegationRequestsPerAccount,
  kOidcProvidersPerAccount,
  kClientIdsPerOidcProvider,
  kSamlProvidersPerAccount,
  kPrivateKeysPerSamlProvider,
  kKeysPerSamlProvider,
  kCount,
};

std::string_view QuotaName(Quota quota);  // "UsersPerAccount"
int64_t DefaultLimit(Quota quota);
std::string QuotaMessage(Quota quota, int64_t limit);  // "Cannot exceed quota for UsersPerAccount: 5000"

}  // namespace wardkeep::entity
