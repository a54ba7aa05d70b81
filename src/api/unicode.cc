#include "api/unicode.h"

#include "base/utf8.h"

namespace wardkeep::api {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

}  // namespace

char32_t NextScalar(std::string_view text, size_t& at) {
  const std::string_view rest = text.substr(at);
  const size_t length = base::Utf8Length(rest);
  at += length == 0 ? 1 : length;
  if (length == 0) return kReplacement;
  const auto lead = static_cast<uint8_t>(rest[0]);
  if (length == 1) return lead;
  char32_t scalar = lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) scalar = (scalar << 6) | (static_cast<uint8_t>(rest[i]) & 0x3Fu);
  return scalar;
}

size_t CountScalars(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) NextScalar(text, at);
  return count;
}

bool IsXmlText(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t scalar = NextScalar(text, at);
    const bool blank = scalar == '\t' || scalar == '\n' || scalar == '\r';
    if ((scalar < 0x20 && !blank) || scalar == 0xFFFE || scalar == 0xFFFF) return false;
  }
  return true;
}

}  // namespace wardkeep::api
