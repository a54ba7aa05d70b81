#include "cli/settings_command.h"

#include <cstdio>
#include <string_view>
#include <vector>

#include "server/setting_table.h"

namespace wardkeep::cli {
namespace {

using server::Setting;

// The groups in the order of their first row.
std::vector<std::string_view> Groups() {
  std::vector<std::string_view> groups;
  for (const Setting& setting : server::Settings()) {
    bool known = false;
    for (const std::string_view group : groups) known = known || group == setting.group;
    if (!known) groups.push_back(setting.group);
  }
  return groups;
}

template <typename Append>
void ForEachGroup(const Append& append) {
  for (const std::string_view group : Groups()) {
    append(group, nullptr);
    for (const Setting& setting : server::Settings()) {
      if (setting.group == group) append(group, &setting);
    }
  }
}

// How the value is written in a file.
std::string TomlExample(const Setting& setting) {
  switch (setting.kind) {
    case server::SettingKind::kSwitch:
      return "true";
    case server::SettingKind::kList:
      return "[\"" + std::string(setting.value_name) + "\"]";
    case server::SettingKind::kText:
      break;
  }
  return "\"" + std::string(setting.value_name) + "\"";
}

// A bar would end the cell.
std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string Text() {
  std::string out;
  ForEachGroup([&](std::string_view group, const Setting* setting) {
    if (setting == nullptr) {
      out += (out.empty() ? "" : "\n") + std::string(group) + "\n";
      return;
    }
    char line[512];
    std::snprintf(line, sizeof line, "  %-32s %-40s %.*s\n",
                  (server::FlagName(*setting) + " " + std::string(setting->value_name)).c_str(),
                  server::EnvironmentName(*setting).c_str(), static_cast<int>(setting->help.size()),
                  setting->help.data());
    out += line;
  });
  return out;
}

std::string Markdown() {
  std::string out;
  ForEachGroup([&](std::string_view group, const Setting* setting) {
    if (setting == nullptr) {
      out += (out.empty() ? "" : "\n") + ("### " + std::string(group)) +
             "\n\n| key in the file | flag | environment | meaning |\n|---|---|---|---|\n";
      return;
    }
    const std::string value = setting->value_name.empty() ? "" : " " + Cell(setting->value_name);
    out += "| `" + std::string(setting->name) + "` | `" + server::FlagName(*setting) + value + "` | `" +
           server::EnvironmentName(*setting) + "` | " + Cell(setting->help) + " |\n";
  });
  return out;
}

// Keys without a table come first: in TOML a key belongs to the table above it.
std::string Toml() {
  std::string out =
      "# Settings of `wardkeep serve --config FILE`. A line without the leading # sets its key.\n"
      "# Flags win over environment variables, those over this file.\n";
  std::string_view table;
  const auto append = [&](const Setting& setting, std::string_view key) {
    out +=
        "\n# " + std::string(setting.help) + "\n#" + std::string(key) + " = " + TomlExample(setting) + "\n";
  };
  for (const Setting& setting : server::Settings()) {
    if (setting.name.find('.') == std::string_view::npos && setting.name != "config")
      append(setting, setting.name);
  }
  std::vector<std::string_view> tables;
  for (const Setting& setting : server::Settings()) {
    const std::size_t dot = setting.name.find('.');
    if (dot == std::string_view::npos) continue;
    const std::string_view name = setting.name.substr(0, dot);
    if (tables.empty() || tables.back() != name) tables.push_back(name);
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    table = tables[i];
    bool repeated = false;
    for (std::size_t k = 0; k < i; ++k) repeated = repeated || tables[k] == table;
    if (repeated) continue;
    out += "\n[" + std::string(table) + "]\n";
    for (const Setting& setting : server::Settings()) {
      const std::size_t dot = setting.name.find('.');
      if (dot != std::string_view::npos && setting.name.substr(0, dot) == table) {
        append(setting, setting.name.substr(dot + 1));
      }
    }
  }
  return out;
}

}  // namespace

std::string SettingsText(SettingsFormat format) {
  switch (format) {
    case SettingsFormat::kToml:
      return Toml();
    case SettingsFormat::kMarkdown:
      return Markdown();
    case SettingsFormat::kText:
      break;
  }
  return Text();
}

}  // namespace wardkeep::cli
