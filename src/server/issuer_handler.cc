#include "server/issuer_handler.h"

#include <utility>
#include <vector>

#include "federation/web_identity_token.h"
#include "service/issuer.h"

namespace wardkeep::server {
namespace {

base::HttpResponse Json(int status, std::string body) {
  base::HttpResponse response{.status = status, .body = std::move(body)};
  response.headers.emplace_back("Content-Type", "application/json");
  response.headers.emplace_back("Cache-Control", status == 200 ? "public, max-age=300" : "no-store");
  return response;
}

}  // namespace

void IssuerHandler::Handle(base::HttpRequest request, base::Responder respond) {
  const auto asked = service::ReadIssuerRequest(base_url_, request);
  if (!asked) return next_.Handle(std::move(request), std::move(respond));
  const snapshot::AccountStatePtr state = directory_.Find(asked->account);
  const bool known = state != nullptr && state->account().outbound_federation_enabled &&
                     state->account().outbound_issuer_id == asked->issuer_id;
  if (!known) return respond(Json(404, "{\"error\":\"unknown issuer\"}"));
  if (!asked->keys) {
    return respond(Json(200, federation::DiscoveryDocument(service::IssuerUrl(base_url_, state->account()))));
  }
  std::vector<std::string> jwks;
  for (const entity::TokenKey& key : state->account().token_keys) jwks.push_back(key.public_jwk);
  respond(Json(200, federation::KeySet(jwks)));
}

}  // namespace wardkeep::server
