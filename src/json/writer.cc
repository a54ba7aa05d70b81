#include "json/writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/assert.h"
#include "json/number.h"

namespace wardkeep::json {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

unsigned char Byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Length of the well-formed UTF-8 sequence at `at` (Unicode table 3-7), 0 if there is none.
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const unsigned char lead = Byte(text, at);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((Byte(text, at + i) & 0xC0) != 0x80) return 0;
  }
  if (length < 3) return length;
  const unsigned char second = Byte(text, at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool beyond = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

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
    const unsigned char c = Byte(text, at);
    const std::size_t length = SequenceLength(text, at);
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
