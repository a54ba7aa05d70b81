// The protocol of the local administration socket: JSON over HTTP, used by `wardkeep account` and `wardkeep
// mfa`. The socket's file mode is its authentication.
//
//   POST /v1/accounts {"name":"Team","email":"a@example.com"}
//     201 {"account_id":"...","name":"Team","email":"...","access_key_id":"...",
//          "secret_access_key":"...","root_password":"..."}
//   GET /v1/accounts
//     200 {"accounts":[{"account_id":"...","name":"...","email":"...","created":"2024-05-01T12:34:56Z"}]}
//         and "closed" of an account that is closed; of a damaged account only "account_id" and "damage"
//   POST /v1/mfa-seeds {"account_id":"...","csv":"serial,hex\n..."}
//     200 {"tokens":2}
//   POST /v1/accounts/ID/close, POST /v1/accounts/ID/restore
//     200 the account, as in the list
//   POST /v1/accounts/ID/reset-admin
//     200 {"user":"admin","access_key_id":"...","secret_access_key":"...","replaced_keys":1}
//   GET /v1/accounts/ID/signins
//     200 {"signins":[{"time":"...","event":"ConsoleLogin","outcome":"Failure",...}]}, newest first
//   otherwise
//     4xx or 5xx {"error":{"code":"invalid","message":"..."}}
//
// Thread-safety: as the registry. Ownership: `registry` outlives it.
#pragma once

#include "base/http_message.h"
#include "server/account_registry.h"

namespace wardkeep::server {

class AdminHandler final : public base::HttpHandler {
 public:
  explicit AdminHandler(AccountRegistry& registry) : registry_(registry) {}
  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  void ImportTokenSeeds(const base::HttpRequest& request, base::Responder respond);

  void HandleAccount(const base::HttpRequest& request, const base::AccountId& account, std::string_view what,
                     base::Responder respond);
  AccountRegistry& registry_;
};

}  // namespace wardkeep::server
