#include "server/setting_table.h"

#include <algorithm>

#include "base/ascii.h"
#include "policy/condition/ip_block.h"
#include "server/setting_text.h"

namespace wardkeep::server {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr uint64_t kMany = 1'000'000;
constexpr uint64_t kGibibyte = 1ULL << 30;

// Readers made from a member: the whole table entry for plain texts, switches, numbers and durations.
template <auto kMember>
Result<void> Text(Configuration& configuration, std::string_view text) {
  if (text.empty()) return Error(ErrorCode::kInvalid, "must not be empty");
  configuration.*kMember = std::string(text);
  return {};
}

template <auto kMember>
Result<void> Switch(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.*kMember, ReadSwitch(text));
  return {};
}

template <auto kMember>
Result<void> LimitDuration(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.limits.*kMember, ReadDuration(text));
  return {};
}

template <auto kMember, uint64_t kLeast, uint64_t kMost>
Result<void> LimitNumber(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const uint64_t number, ReadNumber(text, kLeast, kMost));
  configuration.limits.*kMember = static_cast<std::size_t>(number);
  return {};
}

template <auto kMember>
Result<void> Key(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.*kMember, ReadBootstrapKey(text));
  return {};
}

template <auto kFile>
Result<void> TlsFile(Configuration& configuration, std::string_view text) {
  if (text.empty()) return Error(ErrorCode::kInvalid, "must not be empty");
  if (!configuration.tls) configuration.tls.emplace();
  *configuration.tls.*kFile = std::string(text);
  return {};
}

Result<void> Listen(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.listen, ReadListenAddress(text));
  return {};
}

Result<void> MetricsListen(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.metrics_listen, ReadListenAddress(text));
  return {};
}

Result<void> Account(Configuration& configuration, std::string_view text) {
  if (!base::IsAccountId(text)) return Error(ErrorCode::kInvalid, "must be 12 digits");
  configuration.account_id = base::AccountId(text);
  return {};
}

Result<void> MasterKey(Configuration& configuration, std::string_view text) {
  configuration.master_key = base::Secret(std::string(text));
  return {};
}

template <auto kMember>
Result<void> Blocks(Configuration& configuration, std::string_view text) {
  configuration.*kMember = SplitList(text);
  for (const std::string& block : configuration.*kMember) {
    if (!policy::ParseIpBlock(block)) return Error(ErrorCode::kInvalid, "must be addresses or CIDR blocks");
  }
  return {};
}

Result<void> Threads(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const uint64_t number, ReadNumber(text, 0, 1024));
  configuration.threads = static_cast<int>(number);
  return {};
}

Result<void> RefuseCommonPasswords(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.password_additions.refuse_common, ReadSwitch(text));
  return {};
}

Result<void> PasswordStrength(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const uint64_t number, ReadNumber(text, 0, 128));
  configuration.password_additions.minimum_strength = static_cast<int>(number);
  return {};
}

Result<void> PasswordThreads(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const uint64_t number, ReadNumber(text, 0, 256));
  configuration.password_threads = static_cast<int>(number);
  return {};
}

Result<void> PasswordQueue(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const uint64_t number, ReadNumber(text, 1, 10'000));
  configuration.password_queue = static_cast<std::size_t>(number);
  return {};
}

Result<void> RelyingPartyId(Configuration& configuration, std::string_view text) {
  if (text.empty() || text.size() > 253) return Error(ErrorCode::kInvalid, "must be a domain name");
  configuration.relying_party.id = base::AsciiLower(text);
  return {};
}

Result<void> Origins(Configuration& configuration, std::string_view text) {
  configuration.relying_party.origins = SplitList(text);
  for (const std::string& origin : configuration.relying_party.origins) {
    const bool has_scheme = origin.starts_with("https://") || origin.starts_with("http://");
    if (!has_scheme || origin.ends_with("/")) {
      return Error(ErrorCode::kInvalid, "must be origins such as https://iam.example.com");
    }
  }
  return {};
}

Result<void> RequireUserVerification(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const bool required, ReadSwitch(text));
  configuration.relying_party.user_verification =
      required ? fido::UserVerification::kRequired : fido::UserVerification::kPreferred;
  return {};
}

Result<void> SessionLife(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const auto life, ReadDuration(text));
  configuration.session_life = std::chrono::floor<std::chrono::seconds>(life);
  if (configuration.session_life < std::chrono::minutes(1) ||
      configuration.session_life > std::chrono::hours(12))
    return Error(ErrorCode::kInvalid, "must be between a minute and 12 hours");
  return {};
}

Result<void> AccountLimits(Configuration& configuration, std::string_view text) {
  for (const std::string& item : SplitList(text)) WK_TRY(configuration.limits_of_accounts.Raise(item));
  return {};
}

Result<void> ClosedAccountDays(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(const uint64_t number, ReadNumber(text, 0, 3650));
  configuration.closed_account_days = std::chrono::days(number);
  return {};
}

Result<void> Grace(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.shutdown_grace, ReadDuration(text));
  return {};
}

Result<void> IssuerUrl(Configuration& configuration, std::string_view text) {
  const bool plain = text.find_first_of("?# ") == std::string_view::npos;
  if (!text.starts_with("https://") || text.size() < 9 || text.size() > 200 || !plain) {
    return Error(ErrorCode::kInvalid, "must be an https:// URL without query");
  }
  configuration.issuer_url = std::string(text);
  return {};
}

Result<void> HygieneAccounts(Configuration& configuration, std::string_view text) {
  configuration.hygiene_accounts.clear();
  for (const std::string& rule : SplitList(text)) {
    WK_ASSIGN(hygiene::AccountRules parsed, hygiene::ParseAccountRules(rule));
    configuration.hygiene_accounts.push_back(std::move(parsed));
  }
  return {};
}

Result<void> HygieneInterval(Configuration& configuration, std::string_view text) {
  WK_ASSIGN(configuration.hygiene_interval, ReadDuration(text));
  return {};
}

Result<void> LogLevel(Configuration& configuration, std::string_view text) {
  const auto level = log::ParseLevel(text);
  if (!level) return Error(ErrorCode::kInvalid, "must be debug, info, warning or error");
  configuration.log_level = *level;
  return {};
}

Result<void> LogFormat(Configuration& configuration, std::string_view text) {
  if (text != "auto" && text != "json" && text != "text")
    return Error(ErrorCode::kInvalid, "must be auto, json or text");
  configuration.log_format.reset();
  if (text != "auto") configuration.log_format = text == "text" ? log::Format::kText : log::Format::kJson;
  return {};
}

using C = Configuration;
using L = net::Limits;
using K = SettingKind;

constexpr Setting kSettings[] = {
    {"config", "State", K::kText, "FILE", "TOML file with settings", Text<&C::config_file>},
    {"data", "State", K::kText, "DIR", "data directory (default ./wardkeep-data)", Text<&C::data_directory>},
    {"memory", "State", K::kSwitch, "", "keep everything in memory, forget it at the end",
     Switch<&C::memory>},
    {"database", "State", K::kText, "URL", "database instead of the embedded one", Text<&C::database_url>},
    {"master_key_file", "State", K::kText, "FILE", "file with the master key (default DIR/master.key)",
     Text<&C::master_key_file>},
    {"master_key", "State", K::kText, "BASE64", "the master key itself; better given in the environment",
     MasterKey},
    {"account_id", "First start", K::kText, "12 DIGITS", "id of the account the first start creates",
     Account},
    {"bootstrap_access_key", "First start", K::kText, "ID:SECRET",
     "fixed access key of the first administrator", Key<&C::bootstrap_access_key>},
    {"bootstrap_root_access_key", "First start", K::kText, "ID:SECRET",
     "access key of the root user; for tests only", Key<&C::bootstrap_root_access_key>},
    {"listen", "Network", K::kText, "ADDR:PORT", "address to serve on (default 127.0.0.1:8480)", Listen},
    {"tls_certificate", "Network", K::kText, "FILE", "PEM certificate chain",
     TlsFile<&net::TlsFiles::certificate_chain>},
    {"tls_key", "Network", K::kText, "FILE", "PEM private key of the certificate",
     TlsFile<&net::TlsFiles::private_key>},
    {"insecure_http", "Network", K::kSwitch, "", "allow plain HTTP on an address that is not loopback",
     Switch<&C::insecure_http>},
    {"admin_socket", "Network", K::kText, "PATH", "socket of `wardkeep account` (default DIR/admin.sock)",
     Text<&C::admin_socket>},
    {"metrics_listen", "Network", K::kText, "ADDR:PORT",
     "address that serves /metrics; without it only the administration socket does", MetricsListen},
    {"trusted_proxies", "Network", K::kList, "BLOCKS", "proxies whose X-Forwarded-For is believed",
     Blocks<&C::trusted_proxies>},
    {"threads", "Network", K::kText, "N", "network threads (default 0: one per core)", Threads},
    {"shutdown_grace", "Network", K::kText, "TIME", "time for requests in flight at the end (default 10s)",
     Grace},
    {"next_steps", "First start", K::kSwitch, "",
     "after the ready line, show the commands that a new user types next", Switch<&C::next_steps>},
    {"log_level", "Log", K::kText, "LEVEL", "debug, info, warning or error (default info)", LogLevel},
    {"log_file", "Log", K::kText, "FILE", "log file (default standard error)", Text<&C::log_file>},
    {"log_format", "Log", K::kText, "FORMAT",
     "json, text or auto: text on a terminal, JSON otherwise (default auto)", LogFormat},
    {"passwords.refuse_common", "Passwords and sign-in", K::kSwitch, "",
     "refuse common passwords and names of the owner", RefuseCommonPasswords},
    {"passwords.minimum_strength", "Passwords and sign-in", K::kText, "BITS",
     "least estimated strength of a password (default 0: any)", PasswordStrength},
    {"passwords.threads", "Passwords and sign-in", K::kText, "N",
     "threads that hash passwords (default 0: half the cores)", PasswordThreads},
    {"passwords.queue", "Passwords and sign-in", K::kText, "N",
     "requests that wait for those threads (default 64)", PasswordQueue},
    {"issuer_url", "Federation", K::kText, "URL", "public address below which web identity tokens are issued",
     IssuerUrl},
    {"allow_private_issuers", "Federation", K::kList, "BLOCKS",
     "blocks outside of the public internet whose identity providers are asked for their certificate",
     Blocks<&C::private_issuers>},
    {"hygiene.accounts", "Hygiene of credentials", K::kList, "RULES",
     "rules such as `123456789012 max-key-age=90d unused-keys=45d unused-passwords=60d notice=7d`; * for all",
     HygieneAccounts},
    {"hygiene.interval", "Hygiene of credentials", K::kText, "TIME",
     "between two passes of the hygiene rules (default 1h)", HygieneInterval},
    {"passkeys.relying_party", "Passkeys", K::kText, "DOMAIN",
     "domain of FIDO credentials (default localhost)", RelyingPartyId},
    {"passkeys.origins", "Passkeys", K::kList, "ORIGINS",
     "pages that may use them (default http://localhost:8480)", Origins},
    {"passkeys.require_verification", "Passkeys", K::kSwitch, "",
     "ask authenticators for a PIN or biometrics", RequireUserVerification},
    {"signin.session_life", "Passwords and sign-in", K::kText, "TIME", "of a console session (default 12h)",
     SessionLife},
    {"signin.root_mfa_required", "Passwords and sign-in", K::kText, "true|false",
     "a root user without MFA device may only enrol one (default true)", Switch<&C::root_mfa_required>},
    {"account_limits", "Accounts", K::kList, "LIST",
     "raised limits: UsersPerAccount=9000 or ACCOUNT:UsersPerAccount=9000", AccountLimits},
    {"closed_account_days", "Accounts", K::kText, "N",
     "days in which a closed account can be restored (default 90)", ClosedAccountDays},
    {"limits.header_bytes", "Limits of the network", K::kText, "N", "request line and header (default 16384)",
     LimitNumber<&L::header_bytes, 1024, kMany>},
    {"limits.body_bytes", "Limits of the network", K::kText, "N", "request body (default 10000000)",
     LimitNumber<&L::body_bytes, 1024, kGibibyte>},
    {"limits.buffered_body_bytes", "Limits of the network", K::kText, "N",
     "all request bodies at once (default 268435456)",
     LimitNumber<&L::buffered_body_bytes, 1024, 64 * kGibibyte>},
    {"limits.connections", "Limits of the network", K::kText, "N", "open connections (default 10000)",
     LimitNumber<&L::connections, 1, kMany>},
    {"limits.connections_of_an_address", "Limits", K::kText, "N",
     "open connections of one client address (default 1000); trusted proxies have no limit",
     LimitNumber<&L::connections_of_an_address, 1, kMany>},
    {"limits.requests_in_flight", "Limits of the network", K::kText, "N",
     "requests at work at once (default 1024)", LimitNumber<&L::requests_in_flight, 1, kMany>},
    {"limits.header_timeout", "Limits of the network", K::kText, "TIME", "to receive a header (default 10s)",
     LimitDuration<&L::header_timeout>},
    {"limits.body_timeout", "Limits of the network", K::kText, "TIME", "to receive a body (default 60s)",
     LimitDuration<&L::body_timeout>},
    {"limits.idle_timeout", "Limits of the network", K::kText, "TIME", "between requests (default 60s)",
     LimitDuration<&L::idle_timeout>},
    {"limits.write_timeout", "Limits of the network", K::kText, "TIME", "to send a response (default 30s)",
     LimitDuration<&L::write_timeout>},
};

}  // namespace

std::span<const Setting> Settings() {
  return kSettings;
}

const Setting* FindSetting(std::string_view name) {
  const auto* row = std::find_if(std::begin(kSettings), std::end(kSettings),
                                 [&](const Setting& setting) { return setting.name == name; });
  return row == std::end(kSettings) ? nullptr : row;
}

std::string FlagName(const Setting& setting) {
  std::string name = "--" + std::string(setting.name);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '_' || c == '.'; }, '-');
  return name;
}

std::string EnvironmentName(const Setting& setting) {
  std::string name = "WARDKEEP_";
  for (const char c : setting.name) name += c == '.' ? '_' : base::AsciiUpper(c);
  return name;
}

}  // namespace wardkeep::server
