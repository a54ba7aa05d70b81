#include "api/pattern.h"

#include <algorithm>

#include "api/unicode.h"

namespace wardkeep::api {

bool Matches(const Pattern& pattern, std::string_view text) {
  uint16_t state = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t scalar = NextScalar(text, at);
    const auto row = std::ranges::upper_bound(pattern.groups, scalar, {}, &ScalarGroup::first);
    const uint16_t group = std::prev(row)->group;
    state = pattern.next[static_cast<size_t>(state) * pattern.group_count + group];
    if (state == Pattern::kDead) return false;
  }
  return pattern.accepting[state];
}

}  // namespace wardkeep::api
