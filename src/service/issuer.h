// The URL under which an account issues web identity tokens, and the account behind a request for its keys.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/http_message.h"
#include "entity/account.h"

namespace wardkeep::service {

// `base_url`: where the operator publishes issuers ("https://iam.example.com"); empty: a host name of AWS's
// form, for a proxy or name server of the operator's to lead here.
std::string IssuerUrl(std::string_view base_url, const entity::Account& account);

struct IssuerRequest {
  base::AccountId account;
  std::string issuer_id;
  bool keys = false;  // the key set; else the discovery document
};
// Reads GET .../.well-known/openid-configuration and .../.well-known/jwks.json; nullopt for every other
// request.
std::optional<IssuerRequest> ReadIssuerRequest(std::string_view base_url, const base::HttpRequest& request);

}  // namespace wardkeep::service
