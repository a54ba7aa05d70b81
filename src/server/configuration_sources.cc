#include "server/configuration_sources.h"

#include <cstdlib>
#include <iterator>
#include <utility>

#include "net/server_socket.h"
#include "server/configuration_file.h"
#include "server/setting_table.h"

namespace wardkeep::server {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

SettingValues FromEnvironment(const Environment& environment) {
  SettingValues values;
  for (const Setting& setting : Settings()) {
    const std::string name = EnvironmentName(setting);
    if (auto text = environment(name))
      values.push_back({std::string(setting.name), base::Secret(std::move(*text)), name});
  }
  return values;
}

// The text of `name` in the last place it is given, empty when nowhere.
std::string LastText(const SettingValues& values, std::string_view name) {
  std::string text;
  for (const SettingValue& value : values) {
    if (value.name == name) text = value.text.Reveal();
  }
  return text;
}

void Append(SettingValues& to, SettingValues from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Result<void> Apply(Configuration& configuration, const SettingValue& value) {
  const Setting* setting = FindSetting(value.name);
  if (setting == nullptr) return Error(ErrorCode::kInvalid, value.origin + ": unknown setting");
  if (auto applied = setting->apply(configuration, value.text.Reveal()); !applied) {
    return Error(ErrorCode::kInvalid, value.origin + ": `" + value.name + "` " + applied.error().message);
  }
  return {};
}

Result<void> CheckCombinations(const Configuration& configuration) {
  const bool has_tls = configuration.tls.has_value();
  if (has_tls && (configuration.tls->certificate_chain.empty() || configuration.tls->private_key.empty())) {
    return Error(ErrorCode::kInvalid, "TLS needs both --tls-certificate and --tls-key");
  }
  if (configuration.memory && !configuration.database_url.empty()) {
    return Error(ErrorCode::kInvalid, "--memory and --database exclude each other");
  }
  if (!net::IsLoopback(configuration.listen.address) && !has_tls && !configuration.insecure_http) {
    return Error(
        ErrorCode::kInvalid,
        "`" + configuration.listen.address +
            "` is not a loopback address: give --tls-certificate and --tls-key, or accept plain HTTP with "
            "--insecure-http");
  }
  return {};
}

}  // namespace

std::optional<std::string> ProcessEnvironment(const std::string& name) {
  const char* text = std::getenv(name.c_str());
  if (text == nullptr) return std::nullopt;
  return text;
}

Result<Configuration> LoadConfiguration(SettingValues flags, const Environment& environment) {
  SettingValues above_file = FromEnvironment(environment);
  Append(above_file, std::move(flags));
  SettingValues values;
  if (const std::string path = LastText(above_file, "config"); !path.empty()) {
    WK_ASSIGN(values, ReadConfigurationFile(path));
  }
  Append(values, std::move(above_file));
  Configuration configuration;
  for (const SettingValue& value : values) WK_TRY(Apply(configuration, value));
  WK_TRY(CheckCombinations(configuration));
  return configuration;
}

}  // namespace wardkeep::server
