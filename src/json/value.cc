#include "json/value.h"

#include <array>
#include <charconv>

namespace wardkeep::json {

std::string_view KindName(Kind kind) {
  constexpr std::array<std::string_view, 6> kNames = {"null",   "boolean", "number",
                                                      "string", "array",   "object"};
  return kNames[static_cast<std::size_t>(kind)];
}

Value::Value() = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;
Value::Value(Data data, Span span) : data_(std::move(data)), span_(span) {}

Value Value::Null(Span span) {
  return {Data(std::monostate()), span};
}
Value Value::Bool(bool value, Span span) {
  return {Data(value), span};
}
Value Value::Number(std::string lexeme, Span span) {
  return {Data(NumberText{std::move(lexeme)}), span};
}
Value Value::String(std::string value, Span span) {
  return {Data(std::move(value)), span};
}
Value Value::FromArray(Array elements, Span span) {
  return {Data(std::move(elements)), span};
}
Value Value::FromObject(Object members, Span span) {
  return {Data(std::move(members)), span};
}

const std::string* Value::AsString() const {
  return std::get_if<std::string>(&data_);
}

std::optional<bool> Value::AsBool() const {
  const bool* value = std::get_if<bool>(&data_);
  if (value == nullptr) return std::nullopt;
  return *value;
}

std::string_view Value::number_text() const {
  const NumberText* number = std::get_if<NumberText>(&data_);
  return number == nullptr ? std::string_view() : std::string_view(number->lexeme);
}

namespace {

template <typename T>
std::optional<T> FromLexeme(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<int64_t> Value::AsInt64() const {
  return FromLexeme<int64_t>(number_text());
}

std::optional<double> Value::AsDouble() const {
  return FromLexeme<double>(number_text());
}

std::span<const Value> Value::elements() const {
  const Array* elements = std::get_if<Array>(&data_);
  return elements == nullptr ? std::span<const Value>() : std::span<const Value>(*elements);
}

std::span<const Member> Value::members() const {
  const Object* members = std::get_if<Object>(&data_);
  return members == nullptr ? std::span<const Member>() : std::span<const Member>(*members);
}

const Value* Value::Find(std::string_view key) const {
  const std::span<const Member> all = members();
  for (auto member = all.rbegin(); member != all.rend(); ++member) {
    if (member->key == key) return &member->value;
  }
  return nullptr;
}

std::string Value::TextOf(std::string_view key) const {
  const Value* member = Find(key);
  const std::string* text = member == nullptr ? nullptr : member->AsString();
  return text == nullptr ? std::string() : *text;
}

}  // namespace wardkeep::json
