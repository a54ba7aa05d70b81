#include "spec/lower_case.h"

#include "policy/match/letter_case.h"

namespace wardkeep::policy::spec {
namespace {

Text Scalars(const Text& units) {
  Text out;
  for (const char32_t unit : units) {
    const bool second = unit >= 0xDC00 && unit < 0xE000;
    if (second) {
      out.back() = 0x10000 + (out.back() - 0xD800) * 0x400 + (unit - 0xDC00);
    } else {
      out += unit;
    }
  }
  return out;
}

// Of a text without its case-ignorable characters: the last, or the first, is a cased letter.
bool EndsCased(Text text, bool first) {
  std::erase_if(text, IsCaseIgnorable);
  return !text.empty() && IsCased(first ? text.front() : text.back());
}

}  // namespace

Text LowerCase(const Text& text) {
  const Text scalars = Scalars(text);
  Text out;
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    if (scalars[i] == U'\u0130') {
      out += U"i\u0307";
    } else if (scalars[i] == U'\u03A3') {
      out += EndsCased(scalars.substr(0, i), false) && !EndsCased(scalars.substr(i + 1), true) ? U'\u03C2'
                                                                                               : U'\u03C3';
    } else {
      out += LowerCaseOf(scalars[i]);
    }
  }
  return out;
}

}  // namespace wardkeep::policy::spec
