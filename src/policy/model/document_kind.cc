#include "policy/model/document_kind.h"

#include <array>

namespace wardkeep::policy {
namespace {

// In the order of DocumentKind.
constexpr std::array<std::string_view, 8> kNames = {"identity", "boundary", "session", "trust",
                                                    "resource", "scp",      "rcp",     "endpoint"};

}  // namespace

std::string_view DocumentKindName(DocumentKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<DocumentKind> ParseDocumentKind(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<DocumentKind>(i);
  }
  return std::nullopt;
}

}  // namespace wardkeep::policy
