#include "service/iam/oidc_providers.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "federation/idp_certificate.h"
#include "federation/oidc_url.h"
#include "federation/outbound_rules.h"
#include "service/iam/identity_propagation.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/tag_input.h"
#include "service/iam/views.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using entity::TagKeyCase;
using pipeline::ReadContext;
using pipeline::WriteContext;
using Texts = std::vector<std::string>;

constexpr std::size_t kMostThumbprints = 5;

ApiResult<std::string> ReadUrl(const std::string& url) {
  if (auto name = federation::OidcProviderName(url)) return *std::move(name);
  const std::size_t query = url.find_first_of("?#");
  if (query != std::string::npos && federation::OidcProviderName(url.substr(0, query))) {
    return api::iam::InvalidInput("Unknown");  // AWS's own word (data-formats section 10)
  }
  return api::ValidationError("Invalid Open ID Connect Provider URL");
}

// The model has checked the length of each. Digits are not: AWS takes any 40 characters, and doubles too
// (data-formats section 10).
ApiResult<Texts> ReadThumbprints(const Texts& given) {
  Texts read;
  for (const std::string& thumbprint : given) {
    read.push_back(base::AsciiLower(thumbprint));
  }
  if (given.size() > kMostThumbprints) {
    return api::iam::InvalidInput("Thumbprint list must contain fewer than 5 entries.");
  }
  return read;
}

ApiResult<void> AddClientId(const pipeline::OperationContext& context, Texts& ids, const std::string& id) {
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return {};
  WK_TRY(CheckQuota(context, Quota::kClientIdsPerOidcProvider, ids.size()));
  ids.push_back(id);
  return {};
}

ApiResult<void> CheckUrlIsFree(const snapshot::AccountState& account, const std::string& name) {
  if (account.FindOidcProvider(name) == nullptr) return {};
  return api::iam::EntityAlreadyExists("Provider with url https://" + name + " already exists.");
}

// Asks the identity provider for its certificate when the request brings no thumbprint; everything that can
// be refused without asking is refused first.
ApiResult<Texts> FindThumbprints(const ReadContext& context,
                                 const api::iam::CreateOpenIDConnectProviderRequest& request) {
  WK_ASSIGN(const std::string name, ReadUrl(*request.url));
  WK_ASSIGN(Texts given, ReadThumbprints(request.thumbprint_list.value_or(Texts())));
  if (!given.empty()) return given;
  WK_TRY(CheckUrlIsFree(context.account, name));
  WK_TRY(CheckQuota(context, Quota::kOidcProvidersPerAccount, context.account.oidc_providers().size()));
  const federation::OutboundRules& rules = federation::CurrentOutboundRules();
  const federation::OutboundAddresses addresses(rules.private_blocks);
  auto fetched = federation::FetchIdpThumbprint(
      {.name = name, .addresses = addresses, .now = context.now, .stopping = rules.stopping});
  if (!fetched) {
    return api::iam::OpenIdIdpCommunicationError(
        "Please check .well-known/openid-configuration of provider: https://" + name + " is valid.");
  }
  return Texts{*std::move(fetched)};
}

ApiResult<api::iam::CreateOpenIDConnectProviderResponse> CreateOidcProvider(
    WriteContext& context, const api::iam::CreateOpenIDConnectProviderRequest& request,
    const Texts& thumbprints) {
  entity::OidcProvider provider;
  WK_ASSIGN(provider.name, ReadUrl(*request.url));
  WK_TRY(CheckUrlIsFree(context.account(), provider.name));
  for (const std::string& id : request.client_id_list.value_or(Texts())) {
    WK_TRY(AddClientId(context, provider.client_ids, id));
  }
  WK_ASSIGN(provider.tags, ReadTagsOfNew(request.tags, TagKeyCase::kExact));
  WK_ASSIGN(provider.propagation,
            ReadPropagationOfNew(request.context_provider, request.identity_center_instance_arn));
  WK_TRY(CheckQuota(context, Quota::kOidcProvidersPerAccount, context.account().oidc_providers().size()));
  provider.id = base::RandomUuid(context.services.rng);
  provider.create_date = context.now;
  provider.thumbprints = thumbprints;
  api::iam::CreateOpenIDConnectProviderResponse response;
  response.open_id_connect_provider_arn = context.account().OidcProviderArn(provider);
  response.tags = ShowTags(provider.tags);
  context.edit.PutOidcProvider(std::move(provider));
  return response;
}

ApiResult<api::iam::GetOpenIDConnectProviderResponse> GetOidcProvider(
    const ReadContext& context, const api::iam::GetOpenIDConnectProviderRequest& request) {
  WK_ASSIGN(const entity::OidcProvider* provider,
            RequireOidcProvider(context.account, *request.open_id_connect_provider_arn));
  api::iam::GetOpenIDConnectProviderResponse response;
  response.url = provider->name;
  response.client_id_list = provider->client_ids;
  response.thumbprint_list = provider->thumbprints;
  response.create_date = provider->create_date;
  response.tags = ShowTagsAlways(provider->tags);
  response.context_provider = ShowContextProvider(provider->propagation);
  response.identity_center_instance_arn = ShowIdentityCenterInstance(provider->propagation);
  return response;
}

ApiResult<api::iam::ListOpenIDConnectProvidersResponse> ListOidcProviders(
    const ReadContext& context, const api::iam::ListOpenIDConnectProvidersRequest&) {
  api::iam::ListOpenIDConnectProvidersResponse response;
  response.open_id_connect_provider_list.emplace();
  context.account.oidc_providers().ForEach([&](const std::string&,
                                               const snapshot::OidcProviderPtr& provider) {
    api::iam::OpenIDConnectProviderListEntry& entry = response.open_id_connect_provider_list->emplace_back();
    entry.arn = context.account.OidcProviderArn(*provider);
    entry.is_trusted_identity_propagation_enabled = !provider->propagation.identity_center_instance.empty();
  });
  return response;
}

ApiResult<api::iam::AddClientIDToOpenIDConnectProviderResponse> AddClientIdToProvider(
    WriteContext& context, const api::iam::AddClientIDToOpenIDConnectProviderRequest& request) {
  WK_ASSIGN(const entity::OidcProvider* found,
            RequireOidcProvider(context.account(), *request.open_id_connect_provider_arn));
  entity::OidcProvider provider = *found;
  WK_TRY(AddClientId(context, provider.client_ids, *request.client_id));
  context.edit.PutOidcProvider(std::move(provider));
  return api::iam::AddClientIDToOpenIDConnectProviderResponse{};
}

ApiResult<api::iam::RemoveClientIDFromOpenIDConnectProviderResponse> RemoveClientIdFromProvider(
    WriteContext& context, const api::iam::RemoveClientIDFromOpenIDConnectProviderRequest& request) {
  WK_ASSIGN(const entity::OidcProvider* found,
            RequireOidcProvider(context.account(), *request.open_id_connect_provider_arn));
  entity::OidcProvider provider = *found;
  std::erase(provider.client_ids, *request.client_id);
  context.edit.PutOidcProvider(std::move(provider));
  return api::iam::RemoveClientIDFromOpenIDConnectProviderResponse{};
}

ApiResult<api::iam::UpdateOpenIDConnectProviderThumbprintResponse> UpdateThumbprints(
    WriteContext& context, const api::iam::UpdateOpenIDConnectProviderThumbprintRequest& request) {
  WK_ASSIGN(const entity::OidcProvider* found,
            RequireOidcProvider(context.account(), *request.open_id_connect_provider_arn));
  WK_ASSIGN(Texts thumbprints, ReadThumbprints(*request.thumbprint_list));
  if (thumbprints.empty()) {
    return api::iam::InvalidInput("Thumbprint list must contain at least one entry.");
  }
  entity::OidcProvider provider = *found;
  provider.thumbprints = std::move(thumbprints);
  context.edit.PutOidcProvider(std::move(provider));
  return api::iam::UpdateOpenIDConnectProviderThumbprintResponse{};
}

ApiResult<api::iam::UpdateOpenIDConnectProviderResponse> UpdateOidcProvider(
    WriteContext& context, const api::iam::UpdateOpenIDConnectProviderRequest& request) {
  WK_ASSIGN(const entity::OidcProvider* found,
            RequireOidcProvider(context.account(), *request.open_id_connect_provider_arn));
  const PropagationChange change = ChangeOf(request);
  if (!change.touches_context_provider() && !change.touches_identity_center()) {
    return api::iam::InvalidInput(
        "Give one of ContextProvider, RemoveContextProvider, IdentityCenterInstanceArn and "
        "RemoveIdentityCenterInstance.");
  }
  entity::OidcProvider provider = *found;
  WK_TRY(ChangePropagation(change, provider.propagation));
  context.edit.PutOidcProvider(std::move(provider));
  return api::iam::UpdateOpenIDConnectProviderResponse{};
}

// Roles that trust the provider keep their policies: nobody can satisfy them any more.
ApiResult<api::iam::DeleteOpenIDConnectProviderResponse> DeleteOidcProvider(
    WriteContext& context, const api::iam::DeleteOpenIDConnectProviderRequest& request) {
  const std::string& arn = *request.open_id_connect_provider_arn;
  const entity::OidcProvider* provider = context.account().FindOidcProviderByArn(arn);
  if (provider == nullptr) {
    return api::iam::NoSuchEntity("OpenId connect Provider " + arn + " cannot be found.");
  }
  context.edit.DeleteOidcProvider(std::string(provider->name));
  return api::iam::DeleteOpenIDConnectProviderResponse{};
}

}  // namespace

void RegisterOidcProviders(pipeline::Registry& registry) {
  registry.PreparedWrite("iam", "CreateOpenIDConnectProvider", FindThumbprints, CreateOidcProvider);
  registry.Read("iam", "GetOpenIDConnectProvider", GetOidcProvider);
  registry.Read("iam", "ListOpenIDConnectProviders", ListOidcProviders);
  registry.Write("iam", "AddClientIDToOpenIDConnectProvider", AddClientIdToProvider);
  registry.Write("iam", "RemoveClientIDFromOpenIDConnectProvider", RemoveClientIdFromProvider);
  registry.Write("iam", "UpdateOpenIDConnectProvider", UpdateOidcProvider);
  registry.Write("iam", "UpdateOpenIDConnectProviderThumbprint", UpdateThumbprints);
  registry.Write("iam", "DeleteOpenIDConnectProvider", DeleteOidcProvider);
}

}  // namespace wardkeep::service::iam
