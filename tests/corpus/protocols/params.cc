#include "corpus/protocols/params.h"

#include <gtest/gtest.h>

#include "json/parse.h"
#include "json/writer.h"
#include "wire/scalar_text.h"

namespace wardkeep::corpus {
namespace {

using api::Kind;
using api::Member;
using api::Shape;

void Write(json::Writer& out, const Shape& shape, const void* value) {
  switch (shape.kind) {
    case Kind::kStructure:
      out.BeginObject();
      for (const Member& member : shape.members) {
        const void* content = api::FindMember(value, member);
        if (content == nullptr) continue;
        out.Key(member.name);
        Write(out, *member.shape, content);
      }
      out.EndObject();
      break;
    case Kind::kList:
      out.BeginArray();
      for (size_t i = 0; i < shape.list->size(value); ++i)
        Write(out, *shape.element, shape.list->at(value, i));
      out.EndArray();
      break;
    case Kind::kMap:
      out.BeginObject();
      for (size_t i = 0; i < shape.map->size(value); ++i) {
        out.Key(shape.map->key_at(value, i));
        Write(out, *shape.element, shape.map->value_at(value, i));
      }
      out.EndObject();
      break;
    case Kind::kDocument:
      out.Raw(*static_cast<const std::string*>(value));
      break;
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
      out.Number(wire::EpochText(*static_cast<const base::Instant*>(value)));
      break;
    default:
      out.String(*static_cast<const std::string*>(value));
  }
}

std::string CompactText(const json::Value& value) {
  json::Writer out;
  out.Copy(value);
  return std::move(out).Take();
}

void ReadScalar(const json::Value& params, const Shape& shape, void* value) {
  if (shape.kind == Kind::kDocument) {
    *static_cast<std::string*>(value) = CompactText(params);
    return;
  }
  if (shape.kind == Kind::kBlob) {
    *static_cast<std::string*>(value) = *params.AsString();
    return;
  }
  const std::string text = params.AsString() != nullptr ? *params.AsString() : CompactText(params);
  EXPECT_TRUE(wire::ReadScalar(shape, text, value)) << text;
}

size_t PresentMembers(const json::Value& object) {
  size_t present = 0;
  for (const json::Member& member : object.members()) present += member.value.is_null() ? 0 : 1;
  return present;
}

bool SameObject(const json::Value& a, const json::Value& b) {
  if (PresentMembers(a) != PresentMembers(b)) return false;
  for (const json::Member& member : a.members()) {
    if (member.value.is_null()) continue;
    const json::Value* other = b.Find(member.key);
    if (other == nullptr || !SameJson(member.value, *other)) return false;
  }
  return true;
}

}  // namespace

std::string ToParams(const Shape& shape, const void* value) {
  json::Writer out;
  Write(out, shape, value);
  return std::move(out).Take();
}

void FromParams(const json::Value& params, const Shape& shape, void* value) {
  switch (shape.kind) {
    case Kind::kStructure:
      for (const Member& member : shape.members) {
        const json::Value* content = params.Find(member.name);
        if (content == nullptr || content->is_null()) continue;
        FromParams(*content, *member.shape, api::EmplaceMember(value, member));
      }
      break;
    case Kind::kList:
      for (const json::Value& element : params.elements()) {
        FromParams(element, *shape.element, shape.list->append(value));
      }
      break;
    case Kind::kMap:
      for (const json::Member& entry : params.members()) {
        FromParams(entry.value, *shape.element, shape.map->append(value, entry.key));
      }
      break;
    default:
      ReadScalar(params, shape, value);
  }
}

bool SameJson(const json::Value& a, const json::Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case json::Kind::kNumber:
      return a.number_text() == b.number_text() || a.AsDouble() == b.AsDouble();
    case json::Kind::kString:
      return *a.AsString() == *b.AsString();
    case json::Kind::kBool:
      return a.AsBool() == b.AsBool();
    case json::Kind::kObject:
      return SameObject(a, b);
    case json::Kind::kArray: {
      if (a.elements().size() != b.elements().size()) return false;
      for (size_t i = 0; i < a.elements().size(); ++i) {
        if (!SameJson(a.elements()[i], b.elements()[i])) return false;
      }
      return true;
    }
    default:
      return true;
  }
}

void ExpectParams(const Shape& shape, const void* value, const json::Value& params) {
  const std::string text = ToParams(shape, value);
  const auto parsed = json::Parse(text);
  ASSERT_TRUE(parsed.has_value()) << text;
  EXPECT_TRUE(SameJson(*parsed, params)) << "decoded: " << text << "\nexpected: " << CompactText(params);
}

}  // namespace wardkeep::corpus
