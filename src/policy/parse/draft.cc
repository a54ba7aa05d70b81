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

std::string_view ScalarText(const json::Value& value) {
  if (const std::string* text = value.AsString()) return *text;
  if (const std::optional<bool> flag = value.AsBool()) return *flag ? "true" : "false";
  return value.number_text();
}

}  // namespace wardkeep::policy
