#include "cli/policy_summary_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/join.h"
#include "base/utf8.h"
#include "json/writer.h"

namespace wardkeep::cli {
namespace {

using analysis::ServiceSummary;

constexpr std::size_t kColumns = 4;
using Row = std::array<std::string, kColumns>;

std::string Table(const std::vector<Row>& rows) {
  std::array<std::size_t, kColumns> widths = {};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], base::CountCharacters(row[i]));
  }
  std::string out;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < kColumns; ++i) {
      line += row[i];
      line.append(widths[i] - base::CountCharacters(row[i]) + 2, ' ');
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string ServiceTable(const std::vector<ServiceSummary>& services) {
  std::vector<Row> rows = {{"Service", "Access level", "Resource", "Request condition"}};
  for (const ServiceSummary& service : services) {
    rows.push_back({service.name, analysis::AccessText(service), service.resources, service.conditions});
  }
  return Table(rows);
}

std::string Heading(std::string_view title, std::size_t count, const analysis::PolicySummary& summary) {
  return std::string(title) + " (" + std::to_string(count) + " of " + std::to_string(summary.service_count) +
         " services)\n";
}

void WriteTexts(json::Writer& out, std::string_view key, const std::vector<std::string>& texts) {
  out.Key(key).BeginArray();
  for (const std::string& text : texts) out.String(text);
  out.EndArray();
}

void WriteLevels(json::Writer& out, const ServiceSummary& service) {
  out.Key("levels").BeginArray();
  for (const catalog::AccessLevel level : catalog::kAccessLevels) {
    const analysis::LevelSummary& row = service.levels[static_cast<std::size_t>(level)];
    out.BeginObject().Key("level").String(catalog::AccessLevelName(level));
    out.Key("access").String(analysis::AccessName(row.access));
    out.Key("actions").Unsigned(row.named).Key("of").Unsigned(row.total).EndObject();
  }
  out.EndArray();
}

void WriteService(json::Writer& out, const ServiceSummary& service) {
  out.BeginObject().Key("service").String(service.prefix).Key("name").String(service.name);
  out.Key("access").String(analysis::AccessName(service.access));
  out.Key("accessText").String(analysis::AccessText(service));
  out.Key("resource").String(service.resources).Key("condition").String(service.conditions);
  WriteLevels(out, service);
  out.Key("actions").BeginArray();
  for (const analysis::ActionSummary& action : service.actions) {
    out.BeginObject().Key("name").String(action.name);
    out.Key("level").String(catalog::AccessLevelName(action.level));
    WriteTexts(out, "resources", action.resources);
    WriteTexts(out, "conditions", action.conditions);
    out.EndObject();
  }
  out.EndArray();
  WriteTexts(out, "unknownActions", service.unknown_actions);
  out.EndObject();
}

void WriteServices(json::Writer& out, std::string_view key, const std::vector<ServiceSummary>& services) {
  out.Key(key).BeginArray();
  for (const ServiceSummary& service : services) WriteService(out, service);
  out.EndArray();
}

// Those that a statement names, or those that its NotAction leaves out.
void WriteUncategorized(json::Writer& out, std::string_view key, const analysis::PolicySummary& summary,
                        bool left_out) {
  out.Key(key).BeginArray();
  for (const analysis::UncategorizedService& row : summary.uncategorized) {
    if (row.is_left_out != left_out) continue;
    out.BeginObject().Key("service").String(row.prefix);
    out.Key("effect").String(row.effect == policy::Effect::kAllow ? "Allow" : "Deny");
    WriteTexts(out, "actions", row.actions);
    out.EndObject();
  }
  out.EndArray();
}

std::string UncategorizedText(const analysis::PolicySummary& summary) {
  std::string out = "Uncategorized services\n";
  for (const analysis::UncategorizedService& row : summary.uncategorized) {
    out += row.effect == policy::Effect::kAllow ? "Allow" : "Deny ";
    if (row.is_left_out) out += " all but";
    for (const std::string& action : row.actions) out += " " + action;
    out += "\n";
  }
  return out;
}

// The patterns that match no action of a known service; empty if there are none.
std::string UnrecognizedText(const analysis::PolicySummary& summary) {
  std::string out;
  for (const auto* services : {&summary.denied, &summary.allowed}) {
    for (const ServiceSummary& service : *services) {
      for (const std::string& action : service.unknown_actions) out += action + "\n";
    }
  }
  return out.empty() ? out : "Unrecognized actions\n" + out;
}

}  // namespace

std::string PolicySummaryText(const analysis::PolicySummary& summary) {
  std::vector<std::string> parts;
  if (!summary.uncategorized.empty()) parts.push_back(UncategorizedText(summary));
  if (std::string text = UnrecognizedText(summary); !text.empty()) parts.push_back(std::move(text));
  if (!summary.denied.empty()) {
    parts.push_back(Heading("Explicit deny", summary.denied.size(), summary) + ServiceTable(summary.denied));
  }
  if (!summary.allowed.empty()) {
    parts.push_back(Heading("Allow", summary.allowed.size(), summary) + ServiceTable(summary.allowed));
  }
  return parts.empty() ? "This policy does not grant any permissions.\n" : base::Join(parts, "\n");
}

std::string PolicySummaryJson(const analysis::PolicySummary& summary) {
  json::Writer out(json::Layout::kIndented);
  out.BeginObject().Key("catalogue").String(catalog::CatalogueVersion());
  out.Key("services").Unsigned(summary.service_count);
  WriteUncategorized(out, "uncategorized", summary, false);
  WriteUncategorized(out, "uncategorizedLeftOut", summary, true);
  WriteServices(out, "explicitDeny", summary.denied);
  WriteServices(out, "allow", summary.allowed);
  out.EndObject();
  return std::move(out).Take() + "\n";
}

}  // namespace wardkeep::cli
