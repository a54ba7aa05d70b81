#include "policy/parse/draft.h"

namespace wardkeep::policy {

std::vector<LocatedText> TextsOf(const json::Value* element) {
  std::vector<LocatedText> out;
  if (element == nullptr) return out;
  if (const std::string* text = element->AsString()) out.push_back({text, element->span().start});
  for (const json::Value& item : element->elements()) {
    if (const std::string* text = item.AsString()) out.push_back({text, item.span().start});
  }
  return out;
}

}  // namespace wardkeep::policy
