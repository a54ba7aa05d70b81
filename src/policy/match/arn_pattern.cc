#include "policy/match/arn_pattern.h"

#include <algorithm>
#include <cstddef>

#include "policy/match/glob.h"

namespace wardkeep::policy {
namespace {

// Cuts pieces at the first five colons of their text. `out` receives the pieces of one component after the
// other, `bounds` where each begins. False if there are not six.
template <typename Vector>
bool CutComponents(std::span<const Piece> pieces, Vector& out, std::array<uint32_t, 7>& bounds) {
  std::size_t component = 0;
  for (Piece piece : pieces) {
    while (piece.kind == Piece::Kind::kText && component < 5) {
      const std::size_t colon = piece.text.find(':');
      if (colon == std::string_view::npos) break;
      if (colon > 0) out.push_back({Piece::Kind::kText, 0, piece.text.substr(0, colon), nullptr});
      bounds[++component] = static_cast<uint32_t>(out.size());
      piece.text.remove_prefix(colon + 1);
    }
    if (piece.kind != Piece::Kind::kText || !piece.text.empty()) out.push_back(piece);
  }
  bounds[6] = static_cast<uint32_t>(out.size());
  return component == 5;
}

bool MatchesComponents(std::span<const Piece> pieces, const std::array<uint32_t, 7>& bounds,
                       const ArnText& value) {
  for (std::size_t i = 0; i < ArnText::kComponents; ++i) {
    if (!MatchesGlob(pieces.subspan(bounds[i], bounds[i + 1] - bounds[i]), value.component(i))) return false;
  }
  return true;
}

constexpr std::string_view kEveryText = "*";
constexpr std::string_view kArnStart = "arn:";

// No variable may be left among the pieces.
bool BeginsAsArn(std::span<const Piece> pieces) {
  std::string_view left = kArnStart;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::kText) return false;
    const std::size_t size = std::min(left.size(), piece.text.size());
    if (piece.text.substr(0, size) != left.substr(0, size)) return false;
    left.remove_prefix(size);
    if (left.empty()) return true;
  }
  return false;
}

ArnMatch MatchAfterSubstitution(const Pattern& pattern, const ArnText& value, const RequestContext& context) {
  const ResolvedPieces resolved(pattern, context);
  if (!resolved.complete()) return ArnMatch::kNo;
  if (!BeginsAsArn(resolved.pieces())) return ArnMatch::kNoPattern;
  alignas(Piece) std::byte buffer[(ResolvedPieces::kInlinePieces + 6) * sizeof(Piece)];
  std::pmr::monotonic_buffer_resource memory(buffer, sizeof buffer);
  std::pmr::vector<Piece> cut(&memory);
  cut.reserve(resolved.pieces().size() + 6);
  std::array<uint32_t, 7> bounds = {};
  if (!CutComponents(resolved.pieces(), cut, bounds)) return ArnMatch::kNo;
  return MatchesComponents(cut, bounds, value) ? ArnMatch::kYes : ArnMatch::kNo;
}

}  // namespace

ArnPattern MakeArnPattern(std::string_view written, bool variables, Arena& arena) {
  ArnPattern result;
  if (written == kEveryText) {
    result.form = ArnPattern::Form::kEvery;
    return result;
  }
  result.pattern = MakePattern(written, {.wildcards = true, .variables = variables}, arena);
  if (result.pattern.has_variables) {
    result.form = ArnPattern::Form::kVariable;
    return result;
  }
  if (!BeginsAsArn(result.pattern.pieces)) {
    result.form = ArnPattern::Form::kNoArn;
    return result;
  }
  std::vector<Piece> cut;
  if (!CutComponents(result.pattern.pieces, cut, result.bounds)) return result;
  result.form = ArnPattern::Form::kCut;
  result.pattern.pieces = arena.CopyArray(std::span<const Piece>(cut));
  return result;
}

bool IsArnPatternText(std::string_view text) {
  return text == kEveryText || text.starts_with(kArnStart);
}

ArnMatch MatchArn(const ArnPattern& pattern, const ArnText& value, const RequestContext& context) {
  switch (pattern.form) {
    case ArnPattern::Form::kEvery:
      return ArnMatch::kYes;
    case ArnPattern::Form::kNever:
      return ArnMatch::kNo;
    case ArnPattern::Form::kNoArn:
      return ArnMatch::kNoPattern;
    case ArnPattern::Form::kCut:
      return MatchesComponents(pattern.pattern.pieces, pattern.bounds, value) ? ArnMatch::kYes
                                                                              : ArnMatch::kNo;
    case ArnPattern::Form::kVariable:
      return MatchAfterSubstitution(pattern.pattern, value, context);
  }
  return ArnMatch::kNo;
}

}  // namespace wardkeep::policy
