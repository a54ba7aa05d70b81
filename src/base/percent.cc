#include "base/percent.h"

#include "base/hex.h"

namespace wardkeep::base {
namespace {

bool IsUnreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

std::string Encode(std::string_view text, bool keep_slash) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  for (char c : text) {
    if (IsUnreserved(c) || (keep_slash && c == '/')) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string PercentEncode(std::string_view text) {
  return Encode(text, false);
}
std::string PercentEncodePath(std::string_view text) {
  return Encode(text, true);
}

std::optional<std::string> PercentDecode(std::string_view text, PlusSign plus) {
  // Nearly every text has nothing to decode and is copied in one piece.
  const char space = plus == PlusSign::kSpace ? '+' : '%';
  std::string out;
  out.reserve(text.size());
  while (true) {
    std::size_t mark = 0;
    while (mark < text.size() && text[mark] != '%' && text[mark] != space) ++mark;
    out += text.substr(0, mark);
    text.remove_prefix(mark);
    if (text.empty()) return out;
    if (text.front() == '+') {
      out += ' ';
      text.remove_prefix(1);
      continue;
    }
    if (text.size() < 3) return std::nullopt;
    const auto byte = HexByte(text[1], text[2]);
    if (!byte) return std::nullopt;
    out += static_cast<char>(*byte);
    text.remove_prefix(3);
  }
}

}  // namespace wardkeep::base
