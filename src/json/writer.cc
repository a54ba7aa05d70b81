#include "json/writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/assert.h"
#include "base/utf8.h"
#include "json/number.h"

namespace wardkeep::json {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

void AppendControl(std::string& out, unsigned char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
  }
}

template <typename T>
void AppendNumber(std::string& out, T value) {
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  WK_ASSERT(error == std::errc());
  out.append(buffer.data(), end);
}

}  // namespace

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t length = c < 0x80 ? 1 : base::Utf8Length(text.substr(at));
    if (length == 0) {
      out += kReplacement;
      ++at;
      continue;
    }
    if (c < 0x20) {
      AppendControl(out, c);
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += text.substr(at, length);
    }
    at += length;
  }
  out += '"';
}

void Writer::NewLine() {
  if (layout_ == Layout::kCompact) return;
  out_ += '\n';
  out_.append(levels_.size() * 2, ' ');
}

void Writer::BeforeValue() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  WK_DCHECK(!levels_.back().object);
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  NewLine();
}

Writer& Writer::Open(char bracket) {
  BeforeValue();
  out_ += bracket;
  levels_.push_back({bracket == '{', true});
  return *this;
}

Writer& Writer::Close(char bracket) {
  WK_ASSERT(!levels_.empty());
  WK_DCHECK(levels_.back().object == (bracket == '}') && !after_key_);
  const bool empty = levels_.back().empty;
  levels_.pop_back();
  if (!empty) NewLine();
  out_ += bracket;
  return *this;
}

Writer& Writer::BeginObject() {
  return Open('{');
}
Writer& Writer::EndObject() {
  return Close('}');
}
Writer& Writer::BeginArray() {
  return Open('[');
}
Writer& Writer::EndArray() {
  return Close(']');
}

Writer& Writer::Key(std::string_view name) {
  WK_ASSERT(!levels_.empty());
  WK_DCHECK(levels_.back().object && !after_key_);
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  NewLine();
  AppendQuoted(out_, name);
  out_ += layout_ == Layout::kCompact ? ":" : ": ";
  after_key_ = true;
  return *this;
}

Writer& Writer::String(std::string_view text) {
  BeforeValue();
  AppendQuoted(out_, text);
  return *this;
}

Writer& Writer::Int(int64_t value) {
  BeforeValue();
  AppendNumber(out_, value);
  return *this;
}

Writer& Writer::Unsigned(uint64_t value) {
  BeforeValue();
  AppendNumber(out_, value);
  return *this;
}

Writer& Writer::Double(double value) {
  if (std::isnan(value)) return String("NaN");
  if (std::isinf(value)) return String(value > 0 ? "Infinity" : "-Infinity");
  BeforeValue();
  AppendNumber(out_, value);
  return *this;
}

Writer& Writer::Number(std::string_view lexeme) {
  WK_DCHECK(IsNumber(lexeme));
  return Raw(lexeme);
}

Writer& Writer::Bool(bool value) {
  return Raw(value ? "true" : "false");
}
Writer& Writer::Null() {
  return Raw("null");
}

Writer& Writer::Raw(std::string_view json) {
  BeforeValue();
  out_ += json;
  return *this;
}

Writer& Writer::Copy(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return Null();
    case Kind::kBool:
      return Bool(*value.AsBool());
    case Kind::kNumber:
      return Number(value.number_text());
    case Kind::kString:
      return String(*value.AsString());
    case Kind::kArray:
      BeginArray();
      for (const Value& element : value.elements()) Copy(element);
      return EndArray();
    case Kind::kObject:
      BeginObject();
      for (const Member& member : value.members()) Key(member.key).Copy(member.value);
      return EndObject();
  }
  return *this;
}

}  // namespace wardkeep::json
