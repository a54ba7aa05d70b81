#include "evaluate_format/parse.h"

#include <string>
#include <utility>

#include "json/parse.h"

namespace wardkeep::evaluate_format {
namespace {

EvaluateError FromParseError(const json::ParseError& error) {
  return {"InvalidJson", error.message + " at column " + std::to_string(error.offset + 1), {}, {}};
}

}  // namespace

EvaluateResult<ParsedText> ParseText(std::string_view text) {
  ParsedText result;
  auto parsed = json::Parse(text);
  if (!parsed && parsed.error().code == json::ParseErrorCode::kDuplicateMember) {
    result.repeated = FromParseError(parsed.error());
    json::ParseLimits limits;
    limits.duplicates = json::Duplicates::kKeep;
    parsed = json::Parse(text, limits);
  }
  if (!parsed) return FromParseError(parsed.error());
  result.root = std::move(*parsed);
  return result;
}

}  // namespace wardkeep::evaluate_format
