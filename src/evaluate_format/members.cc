#include "evaluate_format/members.h"

#include <algorithm>

namespace wardkeep::evaluate_format {
namespace {

std::string PathOf(std::string_view where, std::string_view member) {
  return std::string(where) + "." + std::string(member);
}

}  // namespace

EvaluateResult<void> ExpectObject(const json::Value& value, std::string_view where) {
  if (value.is_object()) return {};
  return InvalidInput(std::string(where) + " must be an object, not " +
                      std::string(json::KindName(value.kind())));
}

EvaluateResult<void> ExpectOnly(const json::Value& object, std::string_view where,
                                std::initializer_list<std::string_view> known) {
  for (const json::Member& member : object.members()) {
    if (std::find(known.begin(), known.end(), member.key) == known.end()) {
      return InvalidInput(PathOf(where, member.key) + " is unknown");
    }
  }
  return {};
}

EvaluateResult<std::string> OptionalText(const json::Value& object, std::string_view where,
                                         std::string_view member) {
  const json::Value* value = object.Find(member);
  if (value == nullptr) return std::string();
  if (const std::string* text = value->AsString()) return *text;
  return InvalidInput(PathOf(where, member) + " must be a string");
}

EvaluateResult<std::string> RequiredText(const json::Value& object, std::string_view where,
                                         std::string_view member) {
  WK_ASSIGN(std::string text, OptionalText(object, where, member));
  if (text.empty()) return InvalidInput(PathOf(where, member) + " must be a string that is not empty");
  return text;
}

}  // namespace wardkeep::evaluate_format
