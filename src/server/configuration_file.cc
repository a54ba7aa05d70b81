#include "server/configuration_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include <toml++/toml.h>

#include "server/setting_table.h"

namespace wardkeep::server {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kMostBytes = 1024 * 1024;

std::string Place(const std::string& path, const toml::source_region& source) {
  return path + " line " + std::to_string(source.begin.line);
}

// The text of a string, whole number or truth value.
std::optional<std::string> ScalarText(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
  return std::nullopt;
}

// An array of scalars joined by commas; none of the list settings has items with a comma.
std::optional<std::string> ListText(const toml::node& node) {
  const auto* items = node.as_array();
  if (items == nullptr) return ScalarText(node);
  std::string joined;
  for (const toml::node& item : *items) {
    const auto text = ScalarText(item);
    if (!text || text->find(',') != std::string::npos) return std::nullopt;
    if (!joined.empty()) joined += ',';
    joined += *text;
  }
  return joined;
}

Result<void> Collect(const toml::table& table, const std::string& prefix, const std::string& path,
                     SettingValues& out) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    const std::string place = Place(path, key.source());
    if (const auto* inner = node.as_table(); inner != nullptr && prefix.empty()) {
      WK_TRY(Collect(*inner, name + ".", path, out));
      continue;
    }
    const Setting* setting = FindSetting(name);
    if (setting == nullptr || name == "config") {
      return Error(ErrorCode::kInvalid, place + ": `" + name + "` is not a setting");
    }
    auto text = setting->kind == SettingKind::kList ? ListText(node) : ScalarText(node);
    if (!text) return Error(ErrorCode::kInvalid, place + ": `" + name + "` has a value of a wrong type");
    out.push_back({name, base::Secret(std::move(*text)), place});
  }
  return {};
}

}  // namespace

// Debian's build of the library reports errors by exception only; they end here.
Result<SettingValues> ParseConfigurationText(std::string_view text, const std::string& path) {
  try {
    SettingValues values;
    WK_TRY(Collect(toml::parse(text, path), "", path, values));
    return values;
  } catch (const toml::parse_error& error) {
    return Error(ErrorCode::kInvalid, Place(path, error.source()) + ": " + std::string(error.description()));
  }
}

Result<SettingValues> ReadConfigurationFile(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable;
    return Error(code, "cannot open configuration file `" + path + "`", std::strerror(errno));
  }
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad() || text.size() > kMostBytes) {
    return Error(ErrorCode::kUnavailable, "cannot read configuration file `" + path + "`");
  }
  return ParseConfigurationText(text, path);
}

}  // namespace wardkeep::server
