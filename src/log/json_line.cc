#include "log/json_line.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/time_text.h"
#include "base/utf8.h"

namespace wardkeep::log {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

void AppendUnicodeEscape(std::string& out, unsigned code) {
  out += "\\u00";
  out += kHexDigits[(code >> 4) & 0xF];
  out += kHexDigits[code & 0xF];
}

void AppendAscii(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
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
      break;
  }
  if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) return AppendUnicodeEscape(out, static_cast<uint8_t>(c));
  out += c;
}

// Bytes that stand for themselves.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

template <typename Number>
void AppendNumber(std::string& out, Number number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

}  // namespace

void AppendJsonValue(std::string& out, const Field::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return AppendJsonText(out, *text);
  if (const auto* truth = std::get_if<bool>(&value)) {
    out += *truth ? "true" : "false";
  } else if (const auto* number = std::get_if<int64_t>(&value)) {
    AppendNumber(out, *number);
  } else if (const auto* natural = std::get_if<uint64_t>(&value)) {
    AppendNumber(out, *natural);
  } else if (const double real = std::get<double>(value); std::isfinite(real)) {
    AppendNumber(out, real);
  } else {
    out += "null";  // JSON has no infinities
  }
}

void AppendJsonText(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    // Nearly all text is one run of characters that stand for themselves.
    std::size_t run = 0;
    while (run < text.size() && kPlain[static_cast<uint8_t>(text[run])]) ++run;
    out += text.substr(0, run);
    text.remove_prefix(run);
    if (text.empty()) break;
    const std::size_t length = base::Utf8Length(text);
    if (length == 0) {
      out += kReplacement;
    } else if (length == 1) {
      AppendAscii(out, text[0]);
    } else if (length == 2 && text[0] == '\xC2' && static_cast<uint8_t>(text[1]) < 0xA0) {
      AppendUnicodeEscape(out, static_cast<uint8_t>(text[1]));  // C1 controls move a terminal's cursor too
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
}

void AppendJsonLine(std::string& out, base::Instant time, Level level, std::string_view message,
                    std::span<const Field> fields) {
  out += "{\"time\":\"";
  out += base::FormatIso8601Micros(time);
  out += "\",\"level\":\"";
  out += LevelName(level);
  out += "\",\"message\":";
  AppendJsonText(out, message);
  for (const Field& field : fields) {
    out += ',';
    AppendJsonText(out, field.name);
    out += ':';
    AppendJsonValue(out, field.value);
  }
  out += "}\n";
}

}  // namespace wardkeep::log
