#include <string>

#include "json/parse.h"
#include "wire/json_value.h"
#include "wire/scalar_text.h"

namespace wardkeep::wire {
namespace {

using api::Kind;
using api::Member;
using api::Shape;
using api::TimestampFormat;

void WriteTime(json::Writer& out, TimestampFormat format, base::Instant value) {
  if (format == TimestampFormat::kWholeSeconds) {
    out.Int(base::ToUnixSeconds(value));
  } else if (format == TimestampFormat::kDefault || format == TimestampFormat::kEpochSeconds) {
    out.Number(EpochText(value));
  } else {
    out.String(TimestampText(format, value));
  }
}

void WriteScalar(json::Writer& out, const Shape& shape, TimestampFormat format, const void* value) {
  switch (shape.kind) {
    case Kind::kDocument: {
      // A handler's document is JSON text; anything else would break the whole answer.
      const auto& text = *static_cast<const std::string*>(value);
      const auto parsed = json::Parse(text);
      if (parsed.has_value()) {
        out.Copy(*parsed);
      } else {
        out.Null();
      }
      break;
    }
    case Kind::kBoolean:
      out.Bool(*static_cast<const bool*>(value));
      break;
    case Kind::kInteger:
      out.Int(*static_cast<const int32_t*>(value));
      break;
    case Kind::kLong:
      out.Int(*static_cast<const int64_t*>(value));
      break;
    case Kind::kFloat:
    case Kind::kDouble:
      out.Double(*static_cast<const double*>(value));
      break;
    case Kind::kTimestamp:
      WriteTime(out, format == TimestampFormat::kDefault ? shape.timestamp : format,
                *static_cast<const base::Instant*>(value));
      break;
    default:
      out.String(ScalarText(shape, format, value));
  }
}

void WriteContent(json::Writer& out, const Shape& shape, TimestampFormat format, JsonRules rules,
                  const void* value) {
  switch (shape.kind) {
    case Kind::kStructure:
      out.BeginObject();
      for (const Member& member : shape.members) WriteJsonMember(out, member, rules, value);
      out.EndObject();
      break;
    case Kind::kList:
      out.BeginArray();
      for (size_t i = 0; i < shape.list->size(value); ++i) {
        WriteJsonValue(out, *shape.element, rules, shape.list->at(value, i));
      }
      out.EndArray();
      break;
    case Kind::kMap:
      out.BeginObject();
      for (size_t i = 0; i < shape.map->size(value); ++i) {
        out.Key(shape.map->key_at(value, i));
        WriteJsonValue(out, *shape.element, rules, shape.map->value_at(value, i));
      }
      out.EndObject();
      break;
    default:
      WriteScalar(out, shape, format, value);
  }
}

}  // namespace

void WriteJsonValue(json::Writer& out, const Shape& shape, JsonRules rules, const void* value) {
  WriteContent(out, shape, TimestampFormat::kDefault, rules, value);
}

void WriteJsonMember(json::Writer& out, const Member& member, JsonRules rules, const void* structure) {
  const void* content = api::FindMember(structure, member);
  if (content == nullptr) return;
  out.Key(JsonName(member, rules));
  WriteContent(out, *member.shape, member.timestamp, rules, content);
}

}  // namespace wardkeep::wire
