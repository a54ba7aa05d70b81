#include "pipeline/member_value.h"

#include <algorithm>

#include "base/clock.h"
#include "base/time_text.h"

namespace wardkeep::pipeline {
namespace {

using api::Kind;

const void* Slot(const void* structure, const api::Member& member) {
  return member.slot->find(static_cast<const char*>(structure) + member.offset);
}

const void* Value(const api::AnyStruct& request, const api::Member& member) {
  return Slot(request.data(), member);
}

const std::string* Text(const void* structure, const api::Shape& shape, std::string_view name) {
  for (const api::Member& member : shape.members) {
    if (member.name == name && member.shape->kind == Kind::kString) {
      return static_cast<const std::string*>(Slot(structure, member));
    }
  }
  return nullptr;
}

}  // namespace

const std::string* StringMember(const api::AnyStruct& request, const api::Member& member) {
  if (member.shape->kind != Kind::kString) return nullptr;
  return static_cast<const std::string*>(Value(request, member));
}

std::optional<std::string> ScalarText(const api::AnyStruct& request, const api::Member& member) {
  const void* value = Value(request, member);
  if (value == nullptr) return std::nullopt;
  switch (member.shape->kind) {
    case Kind::kString:
      return *static_cast<const std::string*>(value);
    case Kind::kBoolean:
      return *static_cast<const bool*>(value) ? "true" : "false";
    case Kind::kInteger:
      return std::to_string(*static_cast<const int32_t*>(value));
    case Kind::kLong:
      return std::to_string(*static_cast<const int64_t*>(value));
    case Kind::kTimestamp:
      return base::FormatIso8601(*static_cast<const base::Instant*>(value));
    default:
      return std::nullopt;
  }
}

std::optional<std::vector<std::string>> StringList(const api::AnyStruct& request, const api::Member& member) {
  const api::Shape& shape = *member.shape;
  const void* value = Value(request, member);
  if (value == nullptr || shape.kind != Kind::kList || shape.element->kind != Kind::kString)
    return std::nullopt;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < shape.list->size(value); ++i) {
    texts.push_back(*static_cast<const std::string*>(shape.list->at(value, i)));
  }
  return texts;
}

std::optional<TagPairs> TagList(const api::AnyStruct& request, const api::Member& member) {
  const api::Shape& shape = *member.shape;
  const void* value = Value(request, member);
  if (value == nullptr || shape.kind != Kind::kList || shape.element->kind != Kind::kStructure)
    return std::nullopt;
  const bool has_keys = std::any_of(shape.element->members.begin(), shape.element->members.end(),
                                    [](const api::Member& part) { return part.name == "Key"; });
  if (!has_keys) return std::nullopt;
  TagPairs tags;
  for (std::size_t i = 0; i < shape.list->size(value); ++i) {
    const void* tag = shape.list->at(value, i);
    const std::string* key = Text(tag, *shape.element, "Key");
    if (key == nullptr) continue;
    const std::string* text = Text(tag, *shape.element, "Value");
    tags.emplace_back(*key, text == nullptr ? std::string() : *text);
  }
  return tags;
}

bool IsAbsentOrEmpty(const api::AnyStruct& request, const api::Member& member) {
  const void* value = Value(request, member);
  if (value == nullptr) return true;
  switch (member.shape->kind) {
    case Kind::kString:
      return static_cast<const std::string*>(value)->empty();
    case Kind::kList:
      return member.shape->list->size(value) == 0;
    case Kind::kMap:
      return member.shape->map->size(value) == 0;
    default:
      return false;
  }
}

}  // namespace wardkeep::pipeline
