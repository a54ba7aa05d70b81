#include "xml/writer.h"

#include <array>
#include <cstdint>

#include "base/assert.h"
#include "base/utf8.h"

namespace wardkeep::xml {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the well-formed UTF-8 sequence at the start of `text` that XML 1.0 can carry, 0 if there is none.
size_t SequenceLength(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  if (lead < 0x80) return lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r' ? 1 : 0;
  const bool non_character = text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
  return non_character ? 0 : base::Utf8Length(text);
}

constexpr std::string_view Entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#xD;";
    default:
      return {};
  }
}

// ASCII characters that need neither an entity nor a replacement.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t c = 0x20; c < 0x80; ++c) plain[c] = Entity(static_cast<char>(c)).empty();
  return plain;
}();

}  // namespace

// What stands for itself is copied in runs: nearly all text is one run.
void AppendEscaped(std::string& out, std::string_view text) {
  size_t run = 0;
  size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (kPlain[static_cast<uint8_t>(c)]) {
      ++i;
      continue;
    }
    const size_t length = SequenceLength(text.substr(i));
    const std::string_view instead = length == 0   ? kReplacement
                                     : length == 1 ? Entity(c)
                                                   : std::string_view();
    if (instead.empty()) {
      i += length;
      continue;
    }
    out.append(text.substr(run, i - run)).append(instead);
    run = ++i;
  }
  out += text.substr(run);
}

void Writer::Indent() {
  out_.append(2 * levels_.size(), ' ');
}

void Writer::FinishStartTag() {
  if (start_tag_open_) out_ += '>';
  start_tag_open_ = false;
}

Writer& Writer::Open(std::string_view name, std::string_view xmlns) {
  FinishStartTag();
  if (levels_.empty()) {
    // Room for a common answer.
    out_.reserve(512);
    levels_.reserve(8);
  } else {
    WK_DCHECK(!levels_.back().has_text);
    if (!levels_.back().has_children) out_ += '\n';
    levels_.back().has_children = true;
  }
  Indent();
  out_.append("<").append(name);
  levels_.push_back({std::string(name), false, false});
  start_tag_open_ = true;
  if (!xmlns.empty()) Attribute("xmlns", xmlns);
  return *this;
}

Writer& Writer::Attribute(std::string_view name, std::string_view value) {
  WK_DCHECK(start_tag_open_);
  out_.append(" ").append(name).append("=\"");
  AppendEscaped(out_, value);
  out_ += '"';
  return *this;
}

Writer& Writer::Text(std::string_view text) {
  FinishStartTag();
  WK_DCHECK(!levels_.empty() && !levels_.back().has_children);
  levels_.back().has_text = true;
  AppendEscaped(out_, text);
  return *this;
}

Writer& Writer::Close() {
  WK_DCHECK(!levels_.empty());
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  if (start_tag_open_) {
    start_tag_open_ = false;
    out_ += "/>\n";
    return *this;
  }
  if (level.has_children) Indent();
  out_.append("</").append(level.name).append(">\n");
  return *this;
}

Writer& Writer::Element(std::string_view name, std::string_view text) {
  return Open(name).Text(text).Close();
}

}  // namespace wardkeep::xml
