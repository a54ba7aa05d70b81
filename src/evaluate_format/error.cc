#include "evaluate_format/error.h"

#include "json/path.h"
#include "json/writer.h"

namespace wardkeep::evaluate_format {
namespace {

// The byte that a line and a column, counted in bytes, stand for.
uint32_t OffsetOf(std::string_view text, policy::Position position) {
  std::size_t start = 0;
  for (uint32_t line = 1; line < position.line; ++line) {
    const std::size_t feed = text.find('\n', start);
    if (feed == std::string_view::npos) break;
    start = feed + 1;
  }
  return static_cast<uint32_t>(start + position.column - 1);
}

}  // namespace

void Locate(const policy::DocumentError& refusal, std::string_view text, const json::Value* document,
            uint32_t base, EvaluateError& error) {
  error.position = refusal.position;
  if (document != nullptr) error.at = json::PathTo(*document, base + OffsetOf(text, refusal.position));
}

void WriteWhere(const EvaluateError& error, json::Writer& out) {
  if (!error.policy_type.empty()) {
    out.Key("policyType").String(error.policy_type).Key("policy").String(error.policy);
  }
  if (!error.at.empty()) out.Key("at").String(error.at);
  if (error.position.line == 0) return;
  out.Key("position").BeginObject().Key("line").Unsigned(error.position.line);
  out.Key("column").Unsigned(error.position.column).EndObject();
}

}  // namespace wardkeep::evaluate_format
