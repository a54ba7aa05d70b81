#include "policy/index/near_pattern.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include "policy/match/glob.h"

namespace wardkeep::policy {
namespace {

constexpr std::size_t kMostPieces = 8;
constexpr std::size_t kMostText = 96;

// Then the pieces after the text that the pattern begins with: one of these each, and its text.
struct NearHead {
  uint16_t start = 0;  // length of that text, in the last component
  uint16_t pieces = 0;
};
struct NearPiece {
  uint8_t kind = 0;
  uint8_t text_size = 0;
  uint16_t count = 0;
};

template <typename T>
void Append(const T& item, std::string& out) {
  out.append(reinterpret_cast<const char*>(&item), sizeof item);
}

template <typename T>
T Take(const char*& at) {
  T item;
  std::memcpy(&item, at, sizeof item);
  at += sizeof item;
  return item;
}

bool IsShort(std::span<const Piece> pieces) {
  if (pieces.size() > kMostPieces) return false;
  std::size_t text = 0;
  for (const Piece& piece : pieces) {
    if (piece.count > UINT16_MAX) return false;
    text += piece.text.size();
  }
  return text <= kMostText;
}

}  // namespace

std::string NearPatternOf(const CompiledStatement& statement) {
  if (!statement.has_resource || statement.not_resource || statement.resources.size() != 1) return {};
  const ResourcePattern& pattern = statement.resources.front();
  if (pattern.form != ResourcePattern::Form::kFull || !pattern.head_is_literal) return {};
  std::span<const Piece> pieces = pattern.last.pieces;
  if (pattern.last.has_variables || pieces.empty()) return {};
  NearHead head;
  if (pieces.front().kind == Piece::Kind::kText) {
    if (pieces.front().text.size() > UINT16_MAX) return {};
    head.start = static_cast<uint16_t>(pieces.front().text.size());
    pieces = pieces.subspan(1);
  }
  if (!IsShort(pieces)) return {};
  head.pieces = static_cast<uint16_t>(pieces.size());
  std::string near;
  Append(head, near);
  for (const Piece& piece : pieces) {
    Append(NearPiece{static_cast<uint8_t>(piece.kind), static_cast<uint8_t>(piece.text.size()),
                     static_cast<uint16_t>(piece.count)},
           near);
    near += piece.text;
  }
  return near;
}

// The very question that the statement would be asked: the text in front is the resource's own, which is the
// pattern's too.
bool MatchesNearPattern(const std::byte* near, const ArnText& resource) {
  const char* at = reinterpret_cast<const char*>(near);
  const auto head = Take<NearHead>(at);
  const std::string_view last = resource.resource();
  std::array<Piece, kMostPieces + 1> pieces;
  std::size_t count = 0;
  if (head.start != 0) pieces[count++].text = last.substr(0, head.start);
  for (uint16_t i = 0; i < head.pieces; ++i) {
    const auto piece = Take<NearPiece>(at);
    pieces[count++] = {static_cast<Piece::Kind>(piece.kind), piece.count, {at, piece.text_size}, nullptr};
    at += piece.text_size;
  }
  return MatchesGlob(std::span(pieces).first(count), last);
}

}  // namespace wardkeep::policy
