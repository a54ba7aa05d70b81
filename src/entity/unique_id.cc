#include "entity/unique_id.h"

#include <algorithm>
#include <array>

namespace wardkeep::entity {
namespace {

constexpr std::array<std::string_view, 5> kPrefixes = {"AIDA", "AGPA", "AROA", "ANPA", "AIPA"};
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kRandomLength = 17;

}  // namespace

std::string_view UniqueIdPrefix(UniqueIdKind kind) {
  return kPrefixes[static_cast<std::size_t>(kind)];
}

std::string MakeUniqueId(UniqueIdKind kind, base::Rng& rng) {
  std::string id(UniqueIdPrefix(kind));
  return id += base::RandomText(rng, kAlphabet, kRandomLength);
}

std::optional<UniqueIdKind> UniqueIdKindOf(std::string_view text) {
  if (text.size() < 16 || text.size() > 128) return std::nullopt;
  const auto prefix = std::find(kPrefixes.begin(), kPrefixes.end(), text.substr(0, 4));
  if (prefix == kPrefixes.end()) return std::nullopt;
  const bool plain = std::all_of(text.begin() + 4, text.end(),
                                 [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  if (!plain) return std::nullopt;
  return static_cast<UniqueIdKind>(prefix - kPrefixes.begin());
}

}  // namespace wardkeep::entity
