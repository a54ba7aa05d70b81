// The parser of policy documents and the matchers of patterns and values take linear time. The first byte
// picks what is measured, the rest is stretched: a document, or a pattern and a text with a zero byte between
// them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "linear_time.h"
#include "policy/condition/date_value.h"
#include "policy/condition/decimal.h"
#include "policy/condition/ip_block.h"
#include "policy/match/arn_pattern.h"
#include "policy/match/glob.h"
#include "policy/match/letter_case.h"
#include "policy/match/pattern.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace {

using namespace wardkeep::policy;

void ParseAndCompile(std::string_view text, DocumentKind kind) {
  const ParseOutcome outcome = ParseDocument(text, kind);
  if (outcome.document != nullptr) Compile(*outcome.document);
  CountPolicyCharacters(text);
}

void MatchTexts(std::string_view pattern, std::string_view text) {
  Arena arena(4096);
  const RequestContext context;
  Matches(MakePattern(pattern, {.wildcards = true, .variables = true}, arena), text, context);
  const Piece whole{Piece::Kind::kText, 0, pattern, nullptr};
  EqualsInLowerCase(std::span(&whole, 1), text);
  if (const ArnText arn = SplitArn(text); arn.IsArn())
    MatchArn(MakeArnPattern(pattern, true, arena), arn, context);
}

void ReadValues(std::string_view text) {
  const auto decimal = ParseDecimal(text);
  if (decimal) CompareDecimals(*decimal, *decimal);
  ParseDate(text);
  ParseIpAddress(text);
  ParseIpBlock(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using wardkeep::fuzzing::ExpectLinearTime;
  if (size == 0) return 0;
  const std::string text = wardkeep::fuzzing::Stretched({data + 1, size - 1});
  const unsigned choice = data[0] % 10;
  if (choice < 8) {
    ExpectLinearTime("policy documents", text.size(),
                     [&] { ParseAndCompile(text, static_cast<DocumentKind>(choice)); });
  } else if (choice == 8) {
    const std::size_t zero = std::min(text.find('\0'), text.size());
    const std::string pattern = text.substr(0, zero);
    ExpectLinearTime("patterns", text.size(),
                     [&] { MatchTexts(pattern, std::string_view(text).substr(zero)); });
  } else {
    ExpectLinearTime("condition values", text.size(), [&] { ReadValues(text); });
  }
  return 0;
}
