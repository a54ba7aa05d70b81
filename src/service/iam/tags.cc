#include "service/iam/tags.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "catalog/managed_policies.h"
#include "service/iam/lookup.h"
#include "service/iam/mfa_lookup.h"
#include "service/iam/tag_input.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::TagKeyCase;
using pipeline::ReadContext;
using pipeline::WriteContext;

// What differs between the kinds: how a request names the entity, how keys compare (policy-semantics 5.4),
// how it is put.
struct OfUser {
  static constexpr TagKeyCase kCase = TagKeyCase::kFolded;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireUser(account, *request.user_name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::User user) { edit.PutUser(std::move(user)); }
};
struct OfRole {
  static constexpr TagKeyCase kCase = TagKeyCase::kFolded;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireRole(account, *request.role_name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::Role role) { edit.PutRole(std::move(role)); }
};
struct OfPolicy {
  static constexpr TagKeyCase kCase = TagKeyCase::kExact;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireOwnPolicy(account, *request.policy_arn);
  }
  static void Put(snapshot::AccountEdit& edit, entity::ManagedPolicy policy) {
    edit.PutPolicy(std::move(policy));
  }
};
struct OfInstanceProfile {
  static constexpr TagKeyCase kCase = TagKeyCase::kExact;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireInstanceProfile(account, *request.instance_profile_name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::InstanceProfile profile) {
    edit.PutInstanceProfile(std::move(profile));
  }
};

struct OfOidcProvider {
  static constexpr TagKeyCase kCase = TagKeyCase::kExact;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireOidcProvider(account, *request.open_id_connect_provider_arn);
  }
  static void Put(snapshot::AccountEdit& edit, entity::OidcProvider provider) {
    edit.PutOidcProvider(std::move(provider));
  }
};
struct OfSamlProvider {
  static constexpr TagKeyCase kCase = TagKeyCase::kExact;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireSamlProvider(account, *request.saml_provider_arn);
  }
  static void Put(snapshot::AccountEdit& edit, entity::SamlProvider provider) {
    edit.PutSamlProvider(std::move(provider));
  }
};
struct OfServerCertificate {
  static constexpr TagKeyCase kCase = TagKeyCase::kExact;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireServerCertificate(account, *request.server_certificate_name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::ServerCertificate certificate) {
    edit.PutServerCertificate(std::move(certificate));
  }
};

struct OfMfaDevice {
  static constexpr TagKeyCase kCase = TagKeyCase::kExact;
  static auto Find(const snapshot::AccountState& account, const auto& request) {
    return RequireVirtualMfaDevice(account, *request.serial_number);
  }
  static void Put(snapshot::AccountEdit& edit, entity::MfaDevice device) {
    edit.PutMfaDevice(std::move(device));
  }
};

// What never changes about an entity; MFA devices have no other id than their serial number.
const std::string& IdOf(const auto& entity) {
  if constexpr (requires { entity.serial_number; }) {
    return entity.serial_number;
  } else {
    return entity.id;
  }
}

// AWS's own words, with their blank at the end (data-formats section 16).
api::ApiError EmptyList() {
  return api::iam::InvalidInput("Error occurred while validating input. ");
}

// Kinds for which an empty list of keys to remove is refused too.
template <typename Kind>
constexpr bool kRefusesEmptyUntag =
    std::is_same_v<Kind, OfOidcProvider> || std::is_same_v<Kind, OfSamlProvider> ||
    std::is_same_v<Kind, OfServerCertificate>;

template <typename Kind, typename Request, typename Response>
ApiResult<Response> TagEntity(WriteContext& context, const Request& request) {
  WK_ASSIGN(const auto* found, Kind::Find(context.account(), request));
  if (request.tags->empty()) return EmptyList();
  WK_ASSIGN(const entity::Tags added, ReadTags(request.tags, Kind::kCase));
  auto changed = *found;
  WK_TRY(AddTags(changed.tags, added, Kind::kCase));
  Kind::Put(context.edit, std::move(changed));
  return Response{};
}

template <typename Kind, typename Request, typename Response>
ApiResult<Response> UntagEntity(WriteContext& context, const Request& request) {
  WK_ASSIGN(const auto* found, Kind::Find(context.account(), request));
  if (kRefusesEmptyUntag<Kind> && request.tag_keys->empty()) return EmptyList();
  auto changed = *found;
  entity::RemoveTags(changed.tags, *request.tag_keys, Kind::kCase);
  Kind::Put(context.edit, std::move(changed));
  return Response{};
}

template <typename Kind, typename Request, typename Response>
ApiResult<Response> ListTags(const ReadContext& context, const Request& request) {
  WK_ASSIGN(const auto* found, Kind::Find(context.account, request));
  std::vector<std::pair<std::string, const entity::Tag*>> sorted;
  for (const entity::Tag& tag : found->tags) sorted.emplace_back(PageKey(tag.first), &tag);
  std::sort(sorted.begin(), sorted.end());
  Response response;
  response.tags.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(context, PageRequest{"ListTags|" + IdOf(*found), request.marker, request.max_items},
                     sorted, [&](const entity::Tag* tag) {
                       response.tags->push_back({.key = tag->first, .value = tag->second});
                     }));
  return WithPageEnd(std::move(response), end);
}

// AWS's own policies exist but have no tags.
ApiResult<api::iam::ListPolicyTagsResponse> ListPolicyTags(const ReadContext& context,
                                                           const api::iam::ListPolicyTagsRequest& request) {
  if (!catalog::FindManagedPolicy(*request.policy_arn)) {
    return ListTags<OfPolicy, api::iam::ListPolicyTagsRequest, api::iam::ListPolicyTagsResponse>(context,
                                                                                                 request);
  }
  api::iam::ListPolicyTagsResponse response;
  response.tags.emplace();
  response.is_truncated = false;
  return response;
}

void RegisterProviderTags(pipeline::Registry& registry) {
  namespace a = api::iam;
  registry.Write(
      "iam", "TagOpenIDConnectProvider",
      TagEntity<OfOidcProvider, a::TagOpenIDConnectProviderRequest, a::TagOpenIDConnectProviderResponse>);
  registry.Write("iam", "UntagOpenIDConnectProvider",
                 UntagEntity<OfOidcProvider, a::UntagOpenIDConnectProviderRequest,
                             a::UntagOpenIDConnectProviderResponse>);
  registry.Read("iam", "ListOpenIDConnectProviderTags",
                ListTags<OfOidcProvider, a::ListOpenIDConnectProviderTagsRequest,
                         a::ListOpenIDConnectProviderTagsResponse>);
  registry.Write("iam", "TagSAMLProvider",
                 TagEntity<OfSamlProvider, a::TagSAMLProviderRequest, a::TagSAMLProviderResponse>);
  registry.Write("iam", "UntagSAMLProvider",
                 UntagEntity<OfSamlProvider, a::UntagSAMLProviderRequest, a::UntagSAMLProviderResponse>);
  registry.Read("iam", "ListSAMLProviderTags",
                ListTags<OfSamlProvider, a::ListSAMLProviderTagsRequest, a::ListSAMLProviderTagsResponse>);
}

}  // namespace

void RegisterTags(pipeline::Registry& registry) {
  namespace a = api::iam;
  registry.Write("iam", "TagUser", TagEntity<OfUser, a::TagUserRequest, a::TagUserResponse>);
  registry.Write("iam", "TagRole", TagEntity<OfRole, a::TagRoleRequest, a::TagRoleResponse>);
  registry.Write("iam", "TagPolicy", TagEntity<OfPolicy, a::TagPolicyRequest, a::TagPolicyResponse>);
  registry.Write("iam", "TagInstanceProfile",
                 TagEntity<OfInstanceProfile, a::TagInstanceProfileRequest, a::TagInstanceProfileResponse>);
  registry.Write("iam", "TagMFADevice",
                 TagEntity<OfMfaDevice, a::TagMFADeviceRequest, a::TagMFADeviceResponse>);
  registry.Write("iam", "UntagMFADevice",
                 UntagEntity<OfMfaDevice, a::UntagMFADeviceRequest, a::UntagMFADeviceResponse>);
  registry.Read("iam", "ListMFADeviceTags",
                ListTags<OfMfaDevice, a::ListMFADeviceTagsRequest, a::ListMFADeviceTagsResponse>);
  registry.Write("iam", "UntagUser", UntagEntity<OfUser, a::UntagUserRequest, a::UntagUserResponse>);
  registry.Write("iam", "UntagRole", UntagEntity<OfRole, a::UntagRoleRequest, a::UntagRoleResponse>);
  registry.Write("iam", "UntagPolicy", UntagEntity<OfPolicy, a::UntagPolicyRequest, a::UntagPolicyResponse>);
  registry.Write(
      "iam", "UntagInstanceProfile",
      UntagEntity<OfInstanceProfile, a::UntagInstanceProfileRequest, a::UntagInstanceProfileResponse>);
  registry.Read("iam", "ListUserTags", ListTags<OfUser, a::ListUserTagsRequest, a::ListUserTagsResponse>);
  registry.Read("iam", "ListRoleTags", ListTags<OfRole, a::ListRoleTagsRequest, a::ListRoleTagsResponse>);
  registry.Read("iam", "ListPolicyTags", ListPolicyTags);
  registry.Read(
      "iam", "ListInstanceProfileTags",
      ListTags<OfInstanceProfile, a::ListInstanceProfileTagsRequest, a::ListInstanceProfileTagsResponse>);
  RegisterProviderTags(registry);
  registry.Write(
      "iam", "TagServerCertificate",
      TagEntity<OfServerCertificate, a::TagServerCertificateRequest, a::TagServerCertificateResponse>);
  registry.Write(
      "iam", "UntagServerCertificate",
      UntagEntity<OfServerCertificate, a::UntagServerCertificateRequest, a::UntagServerCertificateResponse>);
  registry.Read("iam", "ListServerCertificateTags",
                ListTags<OfServerCertificate, a::ListServerCertificateTagsRequest,
                         a::ListServerCertificateTagsResponse>);
}

}  // namespace wardkeep::service::iam
