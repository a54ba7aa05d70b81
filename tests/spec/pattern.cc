#include "spec/pattern.h"

#include <algorithm>

#include "base/utf8.h"

namespace wardkeep::policy::spec {
namespace {

bool GlobFrom(const Text& p, std::size_t i, const Text& t, std::size_t j, std::vector<signed char>& memo) {
  signed char& known = memo[i * (t.size() + 1) + j];
  if (known >= 0) return known != 0;
  bool result = false;
  if (i == p.size()) {
    result = j == t.size();
  } else if (p[i] == kAnyRun) {
    result = GlobFrom(p, i + 1, t, j, memo) || (j < t.size() && GlobFrom(p, i, t, j + 1, memo));
  } else {
    result = j < t.size() && (p[i] == kAnyOne || p[i] == t[j]) && GlobFrom(p, i + 1, t, j + 1, memo);
  }
  known = result ? 1 : 0;
  return result;
}

struct Piece {
  enum Kind { kText, kLiteral, kVariable } kind;
  std::string text;  // of a variable: its key
  std::optional<std::string> fallback;
};

// Cuts a text at its variables. One that never ends is plain text.
std::vector<Piece> Cut(std::string_view text, LanguageVersion version) {
  std::vector<Piece> pieces;
  while (version == LanguageVersion::k2012) {
    const std::size_t open = text.find("${");
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) break;
    pieces.push_back({Piece::kText, std::string(text.substr(0, open)), {}});
    const std::string body(text.substr(open + 2, close - open - 2));
    text.remove_prefix(close + 1);
    const std::size_t comma = body.find(", '");
    if (body == "*" || body == "?" || body == "$") {
      pieces.push_back({Piece::kLiteral, body, {}});
    } else if (comma != body.npos && body.size() >= comma + 4 && body.back() == '\'') {
      pieces.push_back(
          {Piece::kVariable, body.substr(0, comma), body.substr(comma + 3, body.size() - comma - 4)});
    } else {
      pieces.push_back({Piece::kVariable, body, {}});
    }
  }
  pieces.push_back({Piece::kText, std::string(text), {}});
  return pieces;
}

}  // namespace

Text Decode(std::string_view utf8, bool wildcards) {
  Text out;
  while (!utf8.empty()) {
    const std::size_t size = std::max<std::size_t>(base::Utf8Length(utf8), 1);
    const auto first = static_cast<unsigned char>(utf8[0]);
    char32_t scalar = size > 1 ? first & (0xFFU >> (size + 1)) : first < 0x80 ? first : 0x110000U + first;
    for (std::size_t i = 1; i < size; ++i)
      scalar = scalar * 64 + (static_cast<unsigned char>(utf8[i]) & 0x3FU);
    utf8.remove_prefix(size);
    if (wildcards && scalar == U'*') {
      out += kAnyRun;
    } else if (wildcards && scalar == U'?') {
      out += kAnyOne;
    } else if (scalar >= 0x10000 && scalar < 0x110000) {
      out += 0xD800 + (scalar - 0x10000) / 0x400;
      out += 0xDC00 + (scalar - 0x10000) % 0x400;
    } else {
      out += scalar;
    }
  }
  return out;
}

bool Glob(const Text& pattern, const Text& text) {
  std::vector<signed char> memo((pattern.size() + 1) * (text.size() + 1), -1);
  return GlobFrom(pattern, 0, text, 0, memo);
}

std::vector<Text> ArnParts(const Text& text) {
  std::vector<Text> out(1);
  for (const char32_t c : text) {
    if (c == U':' && out.size() < 6) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

const RequestContext::Entry* Find(const RequestContext& context, std::string_view key) {
  for (const RequestContext::Entry& entry : context.entries()) {
    if (base::EqualsIgnoreAsciiCase(entry.key, key)) return &entry;
  }
  return nullptr;
}

std::optional<Text> Expand(std::string_view text, LanguageVersion version, bool wildcards,
                           const RequestContext& context) {
  Text out;
  for (const Piece& piece : Cut(text, version)) {
    if (piece.kind != Piece::kVariable) {
      out += Decode(piece.text, wildcards && piece.kind == Piece::kText);
      continue;
    }
    const RequestContext::Entry* entry = Find(context, piece.text);
    if (entry == nullptr && !piece.fallback) return std::nullopt;
    if (entry != nullptr && (entry->multi_valued || entry->values.size() != 1)) return std::nullopt;
    out += Decode(entry != nullptr ? entry->values.front() : *piece.fallback);
  }
  return out;
}

std::vector<std::string> NeededKeys(std::string_view text, LanguageVersion version) {
  std::vector<std::string> keys;
  for (const Piece& piece : Cut(text, version)) {
    if (piece.kind == Piece::kVariable && !piece.fallback) keys.push_back(piece.text);
  }
  return keys;
}

}  // namespace wardkeep::policy::spec
