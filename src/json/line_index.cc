#include "json/line_index.h"

#include <algorithm>

namespace wardkeep::json {

LineIndex::LineIndex(std::string_view text) : line_starts_{0} {
  for (std::size_t feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1)) {
    line_starts_.push_back(static_cast<uint32_t>(feed + 1));
  }
}

LineColumn LineIndex::At(uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const uint32_t start = *(after - 1);
  return {static_cast<uint32_t>(after - line_starts_.begin()), offset - start + 1};
}

}  // namespace wardkeep::json
