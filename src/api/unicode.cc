#include "api/unicode.h"

namespace wardkeep::api {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Sequence {
  char32_t scalar;
  size_t length;  // 0: not well formed
};

Sequence Read(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {kReplacement, 0};
  char32_t scalar = lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kReplacement, 0};
    scalar = (scalar << 6) | (byte(i) & 0x3Fu);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = scalar >= 0xD800 && scalar <= 0xDFFF;
  if (scalar < kSmallest[length] || surrogate || scalar > 0x10FFFF) return {kReplacement, 0};
  return {scalar, length};
}

}  // namespace

char32_t NextScalar(std::string_view text, size_t& at) {
  const Sequence sequence = Read(text.substr(at));
  at += sequence.length == 0 ? 1 : sequence.length;
  return sequence.scalar;
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

bool IsUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = Read(text.substr(at)).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace wardkeep::api
