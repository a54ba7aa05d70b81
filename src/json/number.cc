#include "json/number.h"

#include <cstddef>

namespace wardkeep::json {
namespace {

// Steps over a run of digits; false when there is none.
bool SkipDigits(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at > start;
}

}  // namespace

bool IsNumber(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && text[at] == '-') ++at;
  const std::size_t integer = at;
  if (!SkipDigits(text, at)) return false;
  if (text[integer] == '0' && at - integer > 1) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!SkipDigits(text, at)) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!SkipDigits(text, at)) return false;
  }
  return at == text.size();
}

}  // namespace wardkeep::json
