#include "service/iam/outbound_federation.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

// The form of AWS's own issuers (api-surface, "Outbound web identity federation").
std::string IssuerOf(const entity::Account& account) {
  return "https://" + account.outbound_issuer_id + ".tokens.sts.global.api.aws";
}

api::ApiError Disabled() {
  return api::iam::FeatureDisabled("Outbound web identity federation is not enabled for this account.");
}

// An account keeps its issuer: whoever trusts it goes on after the feature was off for a while.
ApiResult<api::iam::EnableOutboundWebIdentityFederationResponse> Enable(
    WriteContext& context, const api::iam::EnableOutboundWebIdentityFederationRequest&) {
  entity::Account account = context.account().account();
  if (account.outbound_federation_enabled) {
    return api::iam::FeatureEnabled("Outbound web identity federation is already enabled for this account.");
  }
  if (account.outbound_issuer_id.empty()) account.outbound_issuer_id = base::RandomUuid(context.services.rng);
  account.outbound_federation_enabled = true;
  api::iam::EnableOutboundWebIdentityFederationResponse response;
  response.issuer_identifier = IssuerOf(account);
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
  response.issuer_identifier = IssuerOf(account);
  response.jwt_vending_enabled = true;
  return response;
}

}  // namespace

void RegisterOutboundFederation(pipeline::Registry& registry) {
  registry.Write("iam", "EnableOutboundWebIdentityFederation", Enable);
  registry.Write("iam", "DisableOutboundWebIdentityFederation", Disable);
  registry.Read("iam", "GetOutboundWebIdentityFederationInfo", GetInfo);
}

}  // namespace wardkeep::service::iam
