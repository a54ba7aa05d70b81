#include <algorithm>

#include "doctor/checks.h"
#include "net/server_socket.h"
#include "server/setting_table.h"

namespace wardkeep::doctor {
namespace {

constexpr std::string_view kSubject = "configuration";
constexpr std::string_view kPrefix = "WARDKEEP_";

bool IsSetting(std::string_view name) {
  const auto settings = server::Settings();
  return std::any_of(settings.begin(), settings.end(), [&](const server::Setting& setting) {
    return server::EnvironmentName(setting) == name;
  });
}

void Add(Findings& findings, Level level, std::string text, std::string advice) {
  findings.push_back({level, std::string(kSubject), std::move(text), std::move(advice)});
}

}  // namespace

Findings CheckConfiguration(const server::Configuration& configuration,
                            const std::vector<std::string>& environment) {
  Findings findings;
  for (const std::string& variable : environment) {
    const std::string name = variable.substr(0, variable.find('='));
    if (name.starts_with(kPrefix) && !IsSetting(name)) {
      Add(findings, Level::kWarning, "the environment has " + name + ", which is no setting",
          "`wardkeep settings` lists the names; a setting that is misspelled has no effect");
    }
  }
  if (configuration.memory) {
    Add(findings, Level::kWarning, "everything is kept in memory and forgotten when the server stops",
        "leave --memory out to keep users, keys and policies");
  }
  if (!net::IsLoopback(configuration.listen.address) && !configuration.tls) {
    Add(findings, Level::kWarning,
        "plain HTTP on " + configuration.listen.address +
            ": passwords and session tokens can be read on the way",
        "give --tls-certificate and --tls-key, or let a proxy on this machine speak TLS and listen on "
        "127.0.0.1");
  }
  if (configuration.bootstrap_access_key || configuration.bootstrap_root_access_key) {
    Add(findings, Level::kWarning,
        "a fixed access key is given for the first start; whoever knows it is administrator",
        "use it for tests only; otherwise leave it out and take the key that the first start prints");
  }
  for (const std::string& block : configuration.trusted_proxies) {
    if (block == "0.0.0.0/0" || block == "::/0") {
      Add(findings, Level::kProblem, "every address is a trusted proxy: any client can claim any address",
          "name the addresses of the proxies in --trusted-proxies");
    }
  }
  if (std::all_of(findings.begin(), findings.end(),
                  [](const Finding& f) { return f.level != Level::kProblem; })) {
    const std::string from =
        configuration.config_file.empty() ? "" : ", read from " + configuration.config_file;
    findings.insert(findings.begin(),
                    {Level::kOk, std::string(kSubject), "every setting can be used" + from, ""});
  }
  return findings;
}

}  // namespace wardkeep::doctor
