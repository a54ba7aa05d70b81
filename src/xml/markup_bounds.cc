#include "xml/markup_bounds.h"

#include <algorithm>
#include <vector>

namespace wardkeep::xml {
namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool IsNameByte(char c) {
  const bool is_ascii_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                             c == ':' || c == '_' || c == '-' || c == '.';
  return is_ascii_name || static_cast<unsigned char>(c) >= 0x80;
}

class Lexer {
 public:
  Lexer(std::string_view text, const MarkupBounds& bounds) : rest_(text), bounds_(bounds) {}

  bool Run() {
    for (std::size_t pieces = 0;; ++pieces) {
      const auto markup = rest_.find('<');
      if (markup == std::string_view::npos) return open_.empty();
      rest_.remove_prefix(markup + 1);
      if (pieces >= bounds_.pieces || !ReadPiece()) return false;
    }
  }

 private:
  bool ReadPiece() {
    if (Take("!--")) return SkipPast("-->");
    if (Take("![CDATA[")) return SkipPast("]]>");
    if (Take("?")) return SkipPast("?>");
    if (Take("/")) return ReadEndTag();
    return ReadStartTag();
  }

  bool ReadEndTag() {
    if (ReadName().empty() || open_.empty()) return false;
    SkipSpace();
    name_spaces_ -= open_.back();
    open_.pop_back();
    return Take(">");
  }

  bool ReadStartTag() {
    if (ReadName().empty()) return false;
    std::size_t attributes = 0;
    std::size_t declared = 0;
    while (true) {
      const bool apart = SkipSpace();
      if (Take("/>")) return true;
      if (Take(">")) break;
      const std::string_view name = apart ? ReadName() : std::string_view();
      if (name.empty() || ++attributes > bounds_.attributes_of_one || !ReadValue()) return false;
      if (name == "xmlns" || name.starts_with("xmlns:")) ++declared;
      if (name_spaces_ + declared > bounds_.name_spaces_in_scope) return false;
    }
    open_.push_back(declared);
    name_spaces_ += declared;
    return open_.size() <= bounds_.depth;
  }

  bool ReadValue() {
    SkipSpace();
    if (!Take("=")) return false;
    SkipSpace();
    if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) return false;
    const auto end = rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos || rest_.substr(0, end).find('<') != std::string_view::npos) return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  // Empty for none, or one that is too long.
  std::string_view ReadName() {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest_, IsNameByte) - rest_.begin());
    const std::string_view name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return name.size() <= bounds_.name_bytes ? name : std::string_view();
  }

  bool SkipSpace() {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest_, IsSpace) - rest_.begin());
    rest_.remove_prefix(end);
    return end > 0;
  }
  bool Take(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool SkipPast(std::string_view end) {
    const auto place = rest_.find(end);
    if (place == std::string_view::npos) return false;
    rest_.remove_prefix(place + end.size());
    return true;
  }

  std::string_view rest_;
  const MarkupBounds& bounds_;
  std::vector<std::size_t> open_;  // name space declarations of each open element
  std::size_t name_spaces_ = 0;    // the sum of them
};

}  // namespace

bool IsWithinBounds(std::string_view text, const MarkupBounds& bounds) {
  return Lexer(text, bounds).Run();
}

}  // namespace wardkeep::xml
