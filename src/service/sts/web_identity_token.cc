#include "service/sts/web_identity_token.h"

#include <algorithm>
#include <utility>

#include "api/sts/errors.h"
#include "api/sts/types.h"
#include "base/ascii.h"
#include "federation/web_identity_token.h"
#include "service/issuer.h"
#include "service/sts/session_input.h"

namespace wardkeep::service::sts {
namespace {

using pipeline::CallerIdentity;
using pipeline::ReadContext;

constexpr int32_t kDefaultSeconds = 300;
constexpr std::size_t kLargestPayload = 14984;  // bytes (data-formats section 13)

using Pairs = std::vector<std::pair<std::string, std::string>>;

ApiResult<crypto::SigningAlgorithm> ReadAlgorithm(const std::string& name) {
  if (const auto algorithm = crypto::ParseSigningAlgorithm(name)) return *algorithm;
  return api::ValidationError(
      "1 validation error detected: Value '" + name +
      "' at 'signingAlgorithm' failed to satisfy constraint: Member must satisfy enum "
      "value set: [RS256, ES384]");
}

// No session here carries an identity that a context provider vouched for, and scopes are for those alone.
ApiResult<void> CheckSubjectMode(const api::sts::GetWebIdentityTokenRequest& request) {
  const std::string mode = request.subject_mode.value_or("AWSIdentity");
  if (mode == "OriginIdentity") {
    return api::ValidationError(
        "SubjectMode OriginIdentity needs a session with an origin identity: use AWSIdentity.");
  }
  if (mode != "AWSIdentity") {
    return api::ValidationError("1 validation error detected: Value '" + mode +
                                "' at 'subjectMode' failed to satisfy constraint: Member must satisfy enum "
                                "value set: [AWSIdentity, OriginIdentity]");
  }
  if (!request.scope) return {};
  return api::ValidationError("Scope can only be given with SubjectMode OriginIdentity and one audience.");
}

// A token must not outlive the session that asks for it.
ApiResult<base::Instant> ExpiryOf(const ReadContext& context, int32_t seconds) {
  const base::Instant expiry = context.now + std::chrono::seconds(seconds);
  if (!context.caller.session || expiry <= context.caller.session->expires_at) return expiry;
  return api::sts::SessionDurationEscalation(
      "The requested token duration would extend the session beyond its original expiration time.");
}

std::string SubjectOf(const CallerIdentity& caller) {
  const policy::Principal& principal = caller.principal;
  const bool by_role = caller.role != nullptr && !principal.entity_arn.empty();
  return by_role ? principal.entity_arn : principal.arn;
}

// Those of the user or role, and those of the session in front of them.
Pairs PrincipalTags(const CallerIdentity& caller) {
  Pairs tags;
  if (caller.session) {
    for (const auth::SessionTag& tag : caller.session->tags) tags.emplace_back(tag.key, tag.value);
  }
  const entity::Tags* own = caller.role != nullptr   ? &caller.role->tags
                            : caller.user != nullptr ? &caller.user->tags
                                                     : nullptr;
  if (own == nullptr) return tags;
  for (const entity::Tag& tag : *own) {
    const bool hidden = std::any_of(tags.begin(), tags.end(), [&](const auto& other) {
      return base::EqualsIgnoreAsciiCase(other.first, tag.first);
    });
    if (!hidden) tags.push_back(tag);
  }
  return tags;
}

// The account's newest key for the algorithm.
ApiResult<std::string> Sign(const ReadContext& context, crypto::SigningAlgorithm algorithm,
                            const std::string& claims) {
  const auto& keys = context.account.account().token_keys;
  const auto stored = std::find_if(keys.rbegin(), keys.rend(), [&](const entity::TokenKey& key) {
    return key.algorithm == crypto::SigningAlgorithmName(algorithm);
  });
  if (stored == keys.rend()) return api::InternalFailure();
  const auto der = context.services.keys.token_signing_key.Open(stored->sealed_key, stored->id);
  const auto key = der ? crypto::SigningKeyPair::FromDer(algorithm, *der) : std::nullopt;
  if (!key) return api::InternalFailure();
  return federation::SignToken(*key, stored->id, claims);
}

ApiResult<api::sts::GetWebIdentityTokenResponse> GetWebIdentityToken(
    const ReadContext& context, const api::sts::GetWebIdentityTokenRequest& request) {
  const entity::Account& account = context.account.account();
  WK_ASSIGN(const crypto::SigningAlgorithm algorithm, ReadAlgorithm(*request.signing_algorithm));
  WK_TRY(CheckSubjectMode(request));
  WK_ASSIGN(const std::vector<auth::SessionTag> tags, ReadSessionTags(request.tags));
  if (!account.outbound_federation_enabled) {
    return api::sts::OutboundWebIdentityFederationDisabled(
        "Outbound web identity federation is not enabled for this account.");
  }
  federation::TokenClaims claims;
  claims.issuer = IssuerUrl(context.services.issuer_url, account);
  claims.subject = SubjectOf(context.caller);
  claims.audiences = *request.audience;
  claims.issued_at = context.now;
  WK_ASSIGN(claims.expires_at, ExpiryOf(context, request.duration_seconds.value_or(kDefaultSeconds)));
  claims.id = base::RandomUuid(context.services.rng);
  claims.account = account.id.value();
  claims.subject_mode = request.subject_mode.value_or("");
  claims.principal_tags = PrincipalTags(context.caller);
  for (const auth::SessionTag& tag : tags) claims.request_tags.emplace_back(tag.key, tag.value);
  const std::string payload = federation::ClaimsText(claims);
  if (payload.size() > kLargestPayload) {
    return api::sts::JWTPayloadSizeExceeded("The token payload is larger than " +
                                            std::to_string(kLargestPayload) + " bytes.");
  }
  api::sts::GetWebIdentityTokenResponse response;
  WK_ASSIGN(response.web_identity_token, Sign(context, algorithm, payload));
  response.expiration = claims.expires_at;
  return response;
}

}  // namespace

void RegisterWebIdentityToken(pipeline::Registry& registry) {
  registry.Read("sts", "GetWebIdentityToken", GetWebIdentityToken);
}

}  // namespace wardkeep::service::sts
