#include "service/iam/saml_providers.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/secret.h"
#include "certificate/private_key.h"
#include "certificate/x509_certificate.h"
#include "federation/saml_metadata.h"
#include "service/iam/identity_propagation.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/tag_input.h"
#include "service/iam/views.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using entity::TagKeyCase;
using pipeline::OperationContext;
using pipeline::ReadContext;
using pipeline::WriteContext;

constexpr std::string_view kIdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
// Metadata that names no end is good for a hundred years (data-formats section 10).
constexpr std::chrono::years kWithoutEnd{100};

// What a request brings, read outside the account's lock: ten million characters take their time.
struct SamlInput {
  std::shared_ptr<const std::string> metadata;  // null when the request has none
  base::Instant valid_until;
  std::string issuer;
  std::vector<std::string> key_hashes;
  std::optional<entity::SamlPrivateKey> key;
};

std::vector<std::string> HashKeys(const federation::SamlMetadata& metadata) {
  std::vector<std::string> hashes;
  for (const std::string& der : metadata.signing_certificates) {
    const auto certificate = certificate::X509Certificate::FromDer(der);
    std::string hash = certificate ? certificate->KeyDigest() : std::string();
    const bool known = std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
    if (!hash.empty() && !known) hashes.push_back(std::move(hash));
  }
  return hashes;
}

ApiResult<void> ReadMetadata(const pipeline::OperationContext& context, const std::string& text,
                             SamlInput& input) {
  const base::Instant now = context.now;
  const auto metadata = federation::ReadSamlMetadata(text);
  if (!metadata) return api::iam::InvalidInput("Could not parse metadata");
  WK_TRY(CheckQuota(context, Quota::kKeysPerSamlProvider, metadata->signing_certificates.size() - 1));
  input.valid_until = metadata->valid_until.value_or(now + kWithoutEnd);
  if (input.valid_until <= now) return api::iam::InvalidInput("Metadata document has expired.");
  input.metadata = std::make_shared<const std::string>(text);
  input.issuer = metadata->entity_id;
  input.key_hashes = HashKeys(*metadata);
  return {};
}

void SetMetadata(const SamlInput& input, entity::SamlProvider& provider) {
  provider.metadata = input.metadata;
  provider.valid_until = input.valid_until;
  provider.issuer = input.issuer;
  provider.key_hashes = input.key_hashes;
}

ApiResult<entity::SamlPrivateKey> ReadKey(const OperationContext& context, const std::string& pem) {
  const base::Secret secret(pem);
  const auto key = certificate::ReadPrivateKey(secret);
  if (!key || !key->IsRsa()) return api::iam::InvalidInput("Could not parse private key");
  entity::SamlPrivateKey stored;
  stored.id = "SAMLPK" + base::RandomText(context.services.rng, kIdAlphabet, 18);
  stored.sealed_key = context.services.keys.saml_private_key.Seal(secret.Reveal(), stored.id);
  stored.create_date = context.now;
  return stored;
}

template <typename Request>
ApiResult<SamlInput> ReadInput(const ReadContext& context, const Request& request) {
  SamlInput input;
  if (request.saml_metadata_document) {
    WK_TRY(ReadMetadata(context, *request.saml_metadata_document, input));
  }
  if (request.add_private_key) {
    WK_ASSIGN(input.key, ReadKey(context, *request.add_private_key));
  }
  return input;
}

// Encrypted assertions need a key; a key without a mode allows them.
ApiResult<void> SettleEncryption(entity::SamlProvider& provider, const std::optional<std::string>& mode) {
  if (mode) provider.encryption_mode = *mode;
  if (!provider.private_keys.empty()) {
    if (provider.encryption_mode.empty()) provider.encryption_mode = "Allowed";
    return {};
  }
  if (mode || provider.encryption_mode == "Required") {
    return api::iam::InvalidInput("AssertionEncryptionMode requires at least one private key.");
  }
  provider.encryption_mode.clear();
  return {};
}

ApiResult<void> AddKey(const pipeline::OperationContext& context, entity::SamlProvider& provider,
                       const std::optional<entity::SamlPrivateKey>& key) {
  if (!key) return {};
  WK_TRY(CheckQuota(context, Quota::kPrivateKeysPerSamlProvider, provider.private_keys.size()));
  provider.private_keys.push_back(*key);
  return {};
}

ApiResult<void> RemoveKey(entity::SamlProvider& provider, const std::optional<std::string>& id) {
  if (!id) return {};
  const auto removed =
      std::erase_if(provider.private_keys, [&](const entity::SamlPrivateKey& key) { return key.id == *id; });
  if (removed == 0) return api::iam::NoSuchEntity("The private key with id " + *id + " cannot be found.");
  return {};
}

ApiResult<api::iam::CreateSAMLProviderResponse> CreateSamlProvider(
    WriteContext& context, const api::iam::CreateSAMLProviderRequest& request, const SamlInput& input) {
  if (context.account().FindSamlProvider(*request.name) != nullptr) {
    return api::iam::EntityAlreadyExists("Saml Provider " + *request.name + " already exists.");
  }
  entity::SamlProvider provider;
  provider.name = *request.name;
  SetMetadata(input, provider);
  WK_TRY(AddKey(context, provider, input.key));
  WK_TRY(SettleEncryption(provider, request.assertion_encryption_mode));
  WK_ASSIGN(provider.tags, ReadTagsOfNew(request.tags, TagKeyCase::kExact));
  WK_ASSIGN(provider.propagation,
            ReadPropagationOfNew(request.context_provider, request.identity_center_instance_arn));
  WK_TRY(CheckQuota(context, Quota::kSamlProvidersPerAccount, context.account().saml_providers().size()));
  provider.id = "SAMLSP" + base::RandomText(context.services.rng, kIdAlphabet, 18);
  provider.create_date = context.now;
  api::iam::CreateSAMLProviderResponse response;
  response.saml_provider_arn = context.account().SamlProviderArn(provider);
  response.tags = ShowTags(provider.tags);
  context.edit.PutSamlProvider(std::move(provider));
  return response;
}

ApiResult<api::iam::GetSAMLProviderResponse> GetSamlProvider(
    const ReadContext& context, const api::iam::GetSAMLProviderRequest& request) {
  WK_ASSIGN(const entity::SamlProvider* provider,
            RequireSamlProvider(context.account, *request.saml_provider_arn));
  api::iam::GetSAMLProviderResponse response;
  response.saml_provider_uuid = provider->id;
  response.saml_metadata_document = *provider->metadata;
  response.create_date = provider->create_date;
  response.valid_until = provider->valid_until;
  response.tags = ShowTagsAlways(provider->tags);
  if (!provider->encryption_mode.empty()) response.assertion_encryption_mode = provider->encryption_mode;
  response.private_key_list.emplace();
  for (const entity::SamlPrivateKey& key : provider->private_keys) {
    response.private_key_list->push_back({.key_id = key.id, .timestamp = key.create_date});
  }
  if (!provider->issuer.empty()) {
    response.saml_key_hashes.emplace();
    response.saml_key_hashes->push_back({.issuer_url = provider->issuer, .key_hashes = provider->key_hashes});
  }
  response.context_provider = ShowContextProvider(provider->propagation);
  response.identity_center_instance_arn = ShowIdentityCenterInstance(provider->propagation);
  return response;
}

ApiResult<api::iam::ListSAMLProvidersResponse> ListSamlProviders(const ReadContext& context,
                                                                 const api::iam::ListSAMLProvidersRequest&) {
  api::iam::ListSAMLProvidersResponse response;
  response.saml_provider_list.emplace();
  context.account.saml_providers().ForEach([&](const std::string&,
                                               const snapshot::SamlProviderPtr& provider) {
    api::iam::SAMLProviderListEntry& entry = response.saml_provider_list->emplace_back();
    entry.arn = context.account.SamlProviderArn(*provider);
    entry.valid_until = provider->valid_until;
    entry.create_date = provider->create_date;
    entry.is_trusted_identity_propagation_enabled = !provider->propagation.identity_center_instance.empty();
  });
  return response;
}

// A request changes the context provider or the rest, not both (api-surface, UpdateSAMLProvider).
ApiResult<void> CheckOneKind(const api::iam::UpdateSAMLProviderRequest& request,
                             const PropagationChange& change) {
  const bool rest = request.saml_metadata_document || request.assertion_encryption_mode ||
                    request.add_private_key || request.remove_private_key;
  if (!rest || !change.touches_context_provider()) return {};
  return api::iam::InvalidInput(
      "A request changes the context provider or the metadata, not both: make two requests.");
}

// The key to remove goes first, so that one request can change one of two keys for another.
ApiResult<api::iam::UpdateSAMLProviderResponse> UpdateSamlProvider(
    WriteContext& context, const api::iam::UpdateSAMLProviderRequest& request, const SamlInput& input) {
  WK_ASSIGN(const entity::SamlProvider* found,
            RequireSamlProvider(context.account(), *request.saml_provider_arn));
  const PropagationChange change = ChangeOf(request);
  WK_TRY(CheckOneKind(request, change));
  entity::SamlProvider provider = *found;
  WK_TRY(ChangePropagation(change, provider.propagation));
  if (input.metadata != nullptr) SetMetadata(input, provider);
  WK_TRY(RemoveKey(provider, request.remove_private_key));
  WK_TRY(AddKey(context, provider, input.key));
  WK_TRY(SettleEncryption(provider, request.assertion_encryption_mode));
  context.edit.PutSamlProvider(std::move(provider));
  return api::iam::UpdateSAMLProviderResponse{.saml_provider_arn = *request.saml_provider_arn};
}

ApiResult<api::iam::DeleteSAMLProviderResponse> DeleteSamlProvider(
    WriteContext& context, const api::iam::DeleteSAMLProviderRequest& request) {
  WK_ASSIGN(const entity::SamlProvider* provider,
            RequireSamlProvider(context.account(), *request.saml_provider_arn));
  context.edit.DeleteSamlProvider(std::string(provider->name));
  return api::iam::DeleteSAMLProviderResponse{};
}

}  // namespace

void RegisterSamlProviders(pipeline::Registry& registry) {
  registry.PreparedWrite("iam", "CreateSAMLProvider", ReadInput<api::iam::CreateSAMLProviderRequest>,
                         CreateSamlProvider);
  registry.Read("iam", "GetSAMLProvider", GetSamlProvider);
  registry.Read("iam", "ListSAMLProviders", ListSamlProviders);
  registry.PreparedWrite("iam", "UpdateSAMLProvider", ReadInput<api::iam::UpdateSAMLProviderRequest>,
                         UpdateSamlProvider);
  registry.Write("iam", "DeleteSAMLProvider", DeleteSamlProvider);
}

}  // namespace wardkeep::service::iam
