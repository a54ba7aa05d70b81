#include "service/iam/outbound_federation.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "federation/web_identity_token.h"
#include "service/iam/lookup.h"
#include "service/issuer.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

using TokenKeys = std::vector<entity::TokenKey>;

api::ApiError Disabled() {
  return api::iam::FeatureDisabled("Outbound web identity federation is not enabled for this account.");
}

entity::TokenKey MakeKey(const ReadContext& context, crypto::SigningAlgorithm algorithm) {
  const crypto::SigningKeyPair pair = crypto::SigningKeyPair::Generate(algorithm);
  entity::TokenKey key;
  key.id = base::RandomUuid(context.services.rng);
  key.algorithm = crypto::SigningAlgorithmName(algorithm);
  key.sealed_key = context.services.keys.token_signing_key.Seal(pair.PrivateDer().Reveal(), key.id);
  key.public_jwk = federation::PublicJwk(pair, key.id);
  key.create_date = context.now;
  return key;
}

// Keys are made outside the account's lock: an RSA key takes its time.
ApiResult<TokenKeys> MakeKeys(const ReadContext& context,
                              const api::iam::EnableOutboundWebIdentityFederationRequest&) {
  if (!context.account.account().token_keys.empty()) return TokenKeys();
  return TokenKeys{MakeKey(context, crypto::SigningAlgorithm::kRs256),
                   MakeKey(context, crypto::SigningAlgorithm::kEs384)};
}

// An account keeps its issuer and keys: whoever trusts them goes on after the feature was off for a while.
ApiResult<api::iam::EnableOutboundWebIdentityFederationResponse> Enable(
    WriteContext& context, const api::iam::EnableOutboundWebIdentityFederationRequest&,
    const TokenKeys& made) {
  entity::Account account = context.account().account();
  if (account.outbound_federation_enabled) {
    return api::iam::FeatureEnabled("Outbound web identity federation is already enabled for this account.");
  }
  if (account.outbound_issuer_id.empty()) {
    account.outbound_issuer_id =
        federation::MakeIssuerId(account.id.value(), base::RandomUuid(context.services.rng));
  }
  if (account.token_keys.empty()) account.token_keys = made;
  account.outbound_federation_enabled = true;
  api::iam::EnableOutboundWebIdentityFederationResponse response;
  response.issuer_identifier = IssuerUrl(context.services.issuer_url, account);
  context.edit.PutAccount(std::move(account));
  return response;
}

ApiResult<api::iam::DisableOutboundWebIdentityFederationResponse> Disable(
    WriteContext& context, const api::iam::DisableOutboundWebIdentityFederationRequest&) {
  entity::Account account = context.account().account();
  if (!account.outbound_federation_enabled) return Disabled();
  account.outbound_federation_enabled = false;
  context.edit.PutAccount(std::move(account));
  return api::iam::DisableOutboundWebIdentityFederationResponse{};
}

ApiResult<api::iam::GetOutboundWebIdentityFederationInfoResponse> GetInfo(
    const ReadContext& context, const api::iam::GetOutboundWebIdentityFederationInfoRequest&) {
  const entity::Account& account = context.account.account();
  if (!account.outbound_federation_enabled) return Disabled();
  api::iam::GetOutboundWebIdentityFederationInfoResponse response;
  response.issuer_identifier = IssuerUrl(context.services.issuer_url, account);
  response.jwt_vending_enabled = true;
  return response;
}

}  // namespace

void RegisterOutboundFederation(pipeline::Registry& registry) {
  registry.PreparedWrite("iam", "EnableOutboundWebIdentityFederation", MakeKeys, Enable);
  registry.Write("iam", "DisableOutboundWebIdentityFederation", Disable);
  registry.Read("iam", "GetOutboundWebIdentityFederationInfo", GetInfo);
}

}  // namespace wardkeep::service::iam
