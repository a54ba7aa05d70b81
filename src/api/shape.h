// Shapes: the generated tables that describe every structure of an API model. One codec per protocol and one
// validator walk them, so no code is generated per operation.
//
// A value is reached through untyped pointers: a `Shape` says which C++ type the pointer names.
//   kString, kBlob, kDocument  std::string (blob: raw bytes; document: JSON text)
//   kBoolean                   bool            kInteger   int32_t      kLong  int64_t
//   kFloat, kDouble            double          kTimestamp base::Instant
//   kStructure                 the generated struct    kList  std::vector<T>   kMap  std::vector<pair<string,
//   T>>
// A member of a structure is a std::optional of that type, at `Member::offset`; `Member::slot` opens it.
//
// All tables are constant data with static storage: share them between threads freely.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wardkeep::api {

struct Pattern;  // api/pattern.h
struct Shape;

enum class Kind : uint8_t {
  kString,
  kBlob,
  kDocument,
  kBoolean,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kTimestamp,
  kStructure,
  kList,
  kMap,
};

// Where a member travels in REST JSON. Everything else has only bodies.
enum class Location : uint8_t { kBody, kHeader, kHeaders, kQueryString, kUri, kStatusCode };

// kDefault: the protocol decides (Query: ISO 8601; JSON: epoch seconds). kWholeSeconds: the same, fractions
// cut.
enum class TimestampFormat : uint8_t { kDefault, kWholeSeconds, kIso8601, kEpochSeconds, kHttpDate };

// Opens a std::optional<T> (or std::optional<Box<T>>).
struct SlotOps {
  void* (*emplace)(void* slot);           // engages it with an empty value and returns the value
  const void* (*find)(const void* slot);  // the value, or nullptr when absent
};

struct StructureOps {
  const void* type;              // &kTypeTag<T>
  void* (*create)();             // new T
  void (*destroy)(void* value);  // delete
};

struct ListOps {
  void* (*append)(void* list);
  size_t (*size)(const void* list);
  const void* (*at)(const void* list, size_t index);
};

struct MapOps {
  void* (*append)(void* map, std::string key);
  size_t (*size)(const void* map);
  const std::string& (*key_at)(const void* map, size_t index);
  const void* (*value_at)(const void* map, size_t index);
};

// What the model demands of a value. Lengths count Unicode scalars of strings, bytes of blobs, entries of
// lists and maps; for numbers min and max bound the value.
struct Constraint {
  int64_t min = 0;
  int64_t max = 0;
  bool has_min = false;
  bool has_max = false;
  bool hide_value = false;  // never quoted in a message (secrets, documents, tags)
  const Pattern* pattern = nullptr;
  std::span<const std::string_view> enum_values = {};
  std::string_view pattern_sentence = {};  // replaces the pattern clause, after "... is invalid. "
};

struct Member {
  std::string_view name;       // as modelled
  std::string_view wire_name;  // as sent, where the model renames it
  const Shape* shape = nullptr;
  uint32_t offset = 0;
  const SlotOps* slot = nullptr;
  bool required = false;
  bool flattened = false;
  bool json_value = false;         // a string that holds JSON, base64 when it travels in a header
  bool missing_parameter = false;  // its absence is MissingParameter instead of a validation error
  Location location = Location::kBody;
  TimestampFormat timestamp = TimestampFormat::kDefault;
};

struct Shape {
  std::string_view name;
  Kind kind = Kind::kString;
  bool sensitive = false;
  bool is_union = false;
  bool flattened = false;
  TimestampFormat timestamp = TimestampFormat::kDefault;
  const Constraint* constraint = nullptr;
  std::span<const Member> members = {};  // structure, in model order
  std::string_view payload = {};         // structure: the member that is the whole REST body
  const StructureOps* structure = nullptr;
  const Shape* element = nullptr;      // list element or map value
  std::string_view element_name = {};  // list: "member"; map: "value"
  std::string_view key_name = {};      // map: "key"
  const ListOps* list = nullptr;
  const MapOps* map = nullptr;
};

// The value of a member inside `structure`, or nullptr when absent.
inline const void* FindMember(const void* structure, const Member& member) {
  return member.slot->find(static_cast<const std::byte*>(structure) + member.offset);
}

// Engages a member inside `structure` and returns its value.
inline void* EmplaceMember(void* structure, const Member& member) {
  return member.slot->emplace(static_cast<std::byte*>(structure) + member.offset);
}

// The member called `name`, or nullptr. Linear: structures are small.
const Member* FindMemberByName(const Shape& shape, std::string_view name);

}  // namespace wardkeep::api
