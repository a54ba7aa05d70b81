// The first byte picks the kind of document, the rest is its text. The positions of its statements lie inside
// the text, one statement begins where the one before ends, none is empty, and each ends behind a brace.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/iam/statement_positions.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

void Require(bool fact) {
  if (!fact) std::abort();
}

// The offset of a position, walking over the characters one by one; nullopt outside of the text.
std::optional<std::size_t> OffsetOf(std::string_view text, policy::Position wanted) {
  policy::Position here;
  for (std::size_t at = 0;; ++at) {
    const bool inside_character = at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0U) == 0x80U;
    if (!inside_character && here.line == wanted.line && here.column == wanted.column) return at;
    if (at == text.size()) return std::nullopt;
    if (text[at] == '\n') {
      ++here.line;
      here.column = 1;
    } else if (at + 1 == text.size() || (static_cast<uint8_t>(text[at + 1]) & 0xC0U) != 0x80U) {
      ++here.column;
    }
  }
}

void Check(std::string_view text, const policy::CompiledPolicy& compiled) {
  const std::vector<StatementPositions> positions = FindStatementPositions(text, compiled);
  Require(positions.size() == compiled.statement_count());
  std::size_t before = 0;
  for (std::size_t i = 0; i < positions.size() && i < 16; ++i) {
    const auto start = OffsetOf(text, positions[i].start);
    const auto end = OffsetOf(text, positions[i].end);
    Require(start && end && *start > 0 && *start < *end);
    Require(i == 0 ? text[*start - 1] == '[' || text[*start - 1] == '{' : *start == before);
    Require(text[*end - 1] == '}');
    before = *end;
  }
}

}  // namespace
}  // namespace wardkeep::service::iam

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep;
  if (size == 0) return 0;
  const auto kind = static_cast<policy::DocumentKind>(data[0] % 8);
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const policy::ParseOutcome outcome = policy::ParseDocument(text, kind);
  if (outcome.document == nullptr) return 0;
  const policy::PolicyPtr compiled = policy::Compile(*outcome.document);
  service::iam::Check(text, *compiled);
  return 0;
}
