// A JSON value as a tree that remembers where each part stood in the text. Made by json::Parse (parse.h).
//
//   const Value* name = root.Find("name");
//   if (name == nullptr || name->AsString() == nullptr) return Refuse(name->span());
//
// Every accessor is total: asked of the wrong kind it answers with nothing (null, nullopt, an empty span).
// Owns all its text; immutable once made, so it may be shared between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wardkeep::json {

enum class Kind : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

// "null", "boolean", "number", "string", "array" or "object".
std::string_view KindName(Kind kind);

// Byte offsets in the text: the first byte and one past the last. A string's span includes its quotes.
struct Span {
  uint32_t start = 0;
  uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Member;

class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;

  // Defined in value.cc, where Member is complete.
  Value();  // null
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  static Value Null(Span span);
  static Value Bool(bool value, Span span);
  static Value Number(std::string lexeme, Span span);  // the lexeme must satisfy IsNumber (number.h)
  static Value String(std::string value, Span span);
  static Value FromArray(Array elements, Span span);
  static Value FromObject(Object members, Span span);

  Kind kind() const { return static_cast<Kind>(data_.index()); }
  bool is_null() const { return kind() == Kind::kNull; }
  bool is_string() const { return kind() == Kind::kString; }
  bool is_number() const { return kind() == Kind::kNumber; }
  bool is_bool() const { return kind() == Kind::kBool; }
  bool is_array() const { return kind() == Kind::kArray; }
  bool is_object() const { return kind() == Kind::kObject; }
  Span span() const { return span_; }

  const std::string* AsString() const;  // unescaped
  std::optional<bool> AsBool() const;
  std::string_view number_text() const;    // as written: "1.50", "1e3"
  std::optional<int64_t> AsInt64() const;  // numbers written as an integer that fits
  std::optional<double> AsDouble() const;  // any number; nullopt beyond the range of a double

  std::span<const Value> elements() const;
  std::span<const Member> members() const;  // in the order of the text
  // The member of that name, the last one if the text repeats it (see ParseLimits::duplicates); null if
  // absent.
  const Value* Find(std::string_view key) const;
  // The text of the member of that name; empty if it is absent or no string.
  std::string TextOf(std::string_view key) const;

 private:
  struct NumberText {
    std::string lexeme;
  };
  using Data =
      std::variant<std::monostate, bool, NumberText, std::string, Array, Object>;  // in the order of Kind

  Value(Data data, Span span);

  Data data_;
  Span span_;
};

struct Member {
  std::string key;  // unescaped
  Span key_span;    // with the quotes
  Value value;
};

}  // namespace wardkeep::json
