#include <limits>
#include <optional>
#include <string>

#include "wire/json_value.h"
#include "wire/scalar_text.h"

namespace wardkeep::wire {
namespace {

using api::ApiError;
using api::Kind;
using api::Member;
using api::Shape;
using Outcome = base::Result<void, ApiError>;

std::string_view TypeName(Kind kind) {
  switch (kind) {
    case Kind::kBlob:
      return "Blob";
    case Kind::kBoolean:
      return "Boolean";
    case Kind::kInteger:
      return "Integer";
    case Kind::kLong:
      return "Long";
    case Kind::kFloat:
      return "Float";
    case Kind::kDouble:
      return "Double";
    case Kind::kTimestamp:
      return "Timestamp";
    case Kind::kStructure:
      return "Structure";
    case Kind::kList:
      return "List";
    case Kind::kMap:
      return "Map";
    default:
      return "String";
  }
}

std::string_view TokenName(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::kString:
      return "STRING_VALUE";
    case json::Kind::kNumber:
      return "NUMBER_VALUE";
    case json::Kind::kBool:
      return *value.AsBool() ? "TRUE_VALUE" : "FALSE_VALUE";
    default:
      return "NULL_VALUE";
  }
}

// The two sentences AWS answers with when a JSON value has the wrong type.
ApiError WrongType(const json::Value& value, const Shape& shape) {
  if (value.is_array() || value.is_object()) {
    return api::Serialization("Start of structure or map found where not expected.");
  }
  return api::Serialization(std::string(TokenName(value)) + " can not be converted to a " +
                            std::string(TypeName(shape.kind)));
}

template <typename T, typename U>
bool Store(const std::optional<U>& read, void* out) {
  if (!read.has_value()) return false;
  *static_cast<T*>(out) = static_cast<T>(*read);
  return true;
}

bool ReadInteger(const json::Value& value, void* out) {
  const std::optional<int64_t> number = value.AsInt64();
  if (!number.has_value() || *number < std::numeric_limits<int32_t>::min() ||
      *number > std::numeric_limits<int32_t>::max()) {
    return false;
  }
  return Store<int32_t>(number, out);
}

bool ReadText(const json::Value& value, const Shape& shape, void* out) {
  const std::string* text = value.AsString();
  return text != nullptr && ReadScalar(shape, *text, out);
}

bool ReadFloating(const json::Value& value, const Shape& shape, void* out) {
  if (value.is_number()) return Store<double>(value.AsDouble(), out);
  const std::string* text = value.AsString();
  const bool special = text != nullptr && (*text == "NaN" || *text == "Infinity" || *text == "-Infinity");
  return special && ReadScalar(shape, *text, out);
}

bool ReadTime(const json::Value& value, void* out) {
  if (value.is_number()) return Store<base::Instant>(ReadTimestamp(value.number_text()), out);
  const std::string* text = value.AsString();
  return text != nullptr && Store<base::Instant>(ReadTimestamp(*text), out);
}

bool ReadJsonScalar(const json::Value& value, const Shape& shape, void* out) {
  switch (shape.kind) {
    case Kind::kDocument: {
      json::Writer text;
      text.Copy(value);
      *static_cast<std::string*>(out) = std::move(text).Take();
      return true;
    }
    case Kind::kBoolean:
      return Store<bool>(value.AsBool(), out);
    case Kind::kInteger:
      return ReadInteger(value, out);
    case Kind::kLong:
      return Store<int64_t>(value.AsInt64(), out);
    case Kind::kFloat:
    case Kind::kDouble:
      return ReadFloating(value, shape, out);
    case Kind::kTimestamp:
      return ReadTime(value, out);
    default:
      return ReadText(value, shape, out);
  }
}

Outcome ReadStructure(const json::Value& value, const Shape& shape, JsonRules rules, void* out) {
  size_t present = 0;
  for (const Member& member : shape.members) {
    if (member.location != api::Location::kBody) continue;
    const json::Value* content = value.Find(JsonName(member, rules));
    if (content == nullptr || (content->is_null() && member.shape->kind != Kind::kDocument)) continue;
    ++present;
    WK_TRY(ReadJsonValue(*content, *member.shape, rules, api::EmplaceMember(out, member)));
  }
  if (shape.is_union && present != 1) {
    return api::Serialization("Exactly one member of a union must be set.");
  }
  return {};
}

}  // namespace

Outcome ReadJsonValue(const json::Value& value, const Shape& shape, JsonRules rules, void* out) {
  switch (shape.kind) {
    case Kind::kStructure:
      if (!value.is_object()) return WrongType(value, shape);
      return ReadStructure(value, shape, rules, out);
    case Kind::kList:
      if (!value.is_array()) return WrongType(value, shape);
      for (const json::Value& element : value.elements()) {
        if (element.is_null()) continue;
        WK_TRY(ReadJsonValue(element, *shape.element, rules, shape.list->append(out)));
      }
      return {};
    case Kind::kMap:
      if (!value.is_object()) return WrongType(value, shape);
      for (const json::Member& entry : value.members()) {
        if (entry.value.is_null()) continue;
        WK_TRY(ReadJsonValue(entry.value, *shape.element, rules, shape.map->append(out, entry.key)));
      }
      return {};
    default:
      if (!ReadJsonScalar(value, shape, out)) return WrongType(value, shape);
      return {};
  }
}

}  // namespace wardkeep::wire
