// Everything an operator can say to `wardkeep serve`, with the defaults. How it is given (flags, environment,
// file) is in setting_table.h and configuration_sources.h.
//
// Ownership: a value; it is moved, not copied, because it holds secrets.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/account_id.h"
#include "base/secret.h"
#include "entity/account_limits.h"
#include "fido/verify.h"
#include "hygiene/rules.h"
#include "log/log.h"
#include "net/limits.h"
#include "net/tls_context.h"
#include "password/password_rules.h"

namespace wardkeep::server {

// An access key given from outside, for automation.
struct BootstrapKey {
  std::string access_key_id;
  base::Secret secret;
};

struct ListenAddress {
  std::string address = "127.0.0.1";  // numeric; IPv6 without brackets
  uint16_t port = 8480;
};

struct Configuration {
  // State.
  std::string data_directory = "./wardkeep-data";
  bool memory = false;          // keep nothing
  std::string database_url;     // empty: SQLite in the data directory
  std::string master_key_file;  // empty: master.key in the data directory
  base::Secret master_key;      // base64; instead of the file

  // First start.
  std::optional<base::AccountId> account_id;
  std::optional<BootstrapKey> bootstrap_access_key;       // of the administrator
  std::optional<BootstrapKey> bootstrap_root_access_key;  // tests only

  // Network.
  ListenAddress listen;
  std::optional<net::TlsFiles> tls;
  bool insecure_http = false;                   // serve plain HTTP on an address that is not loopback
  std::optional<ListenAddress> metrics_listen;  // where /metrics is served beside the admin socket
  std::string admin_socket;                     // empty: admin.sock in the data directory, none with `memory`
  std::vector<std::string> trusted_proxies;     // address blocks whose X-Forwarded-For is believed
  net::Limits limits;
  int threads = 0;  // 0: one per core
  std::chrono::milliseconds shutdown_grace{10'000};

  // Passwords.
  password::Additions password_additions;  // of accounts that have not set their own
  int password_threads = 0;                // that hash passwords; 0: half the cores, at least one
  std::size_t password_queue = 64;         // requests that wait for them; more are refused with Throttling

  std::vector<std::string> private_issuers;  // address blocks whose identity providers are asked, too
  std::string issuer_url;                    // of web identity tokens; empty: host names of AWS's form

  // Hygiene of credentials: none without rules.
  std::vector<hygiene::AccountRules> hygiene_accounts;
  std::chrono::milliseconds hygiene_interval{3'600'000};
  // Sign-in and accounts.
  std::chrono::seconds session_life{12 * 3600};  // of a console session
  bool root_mfa_required = true;                 // of the root user at sign-in
  entity::AccountLimits limits_of_accounts;      // AWS's, as far as they are not raised
  std::chrono::days closed_account_days{90};     // how long a closed account can be restored

  // FIDO credentials.
  fido::RelyingParty relying_party;

  // Log.
  log::Level log_level = log::Level::kInfo;
  std::string log_file;                   // empty: standard error
  std::optional<log::Format> log_format;  // nullopt: text on a terminal, JSON otherwise

  bool next_steps = false;  // show the commands of a new user once ready
  std::string config_file;

  // The paths above with their defaults filled in; an empty admin socket path means none.
  std::string MasterKeyPath() const;
  std::string AdminSocketPath() const;
};

}  // namespace wardkeep::server
