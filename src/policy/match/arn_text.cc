#include "policy/match/arn_text.h"

#include <algorithm>

namespace wardkeep::policy {

ArnText SplitArn(std::string_view text) {
  // The colons of an ARN come early and close together, where a plain loop beats a search for each; a long
  // text without colons is left to the search.
  constexpr std::size_t kNear = 128;
  std::array<std::size_t, ArnText::kComponents> ends = {};
  std::size_t count = 0;
  const std::size_t near = std::min(text.size(), kNear);
  std::size_t next = 0;
  for (; next < near && count + 1 < ArnText::kComponents; ++next) {
    if (text[next] == ':') ends[count++] = next;
  }
  while (next < text.size() && count + 1 < ArnText::kComponents) {
    const std::size_t colon = text.find(':', next);
    if (colon == std::string_view::npos) break;
    ends[count++] = colon;
    next = colon + 1;
  }
  ends[count++] = text.size();
  return {text, ends, count};
}

}  // namespace wardkeep::policy
