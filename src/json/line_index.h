// From byte offsets to line and column. Built once for a text in linear time; each lookup is a binary search.
// Immutable, thread-safe; keeps no reference to the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wardkeep::json {

// Both count from 1; columns count bytes. A line ends with its line feed.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  LineColumn At(uint32_t offset) const;

 private:
  std::vector<uint32_t> line_starts_;
};

}  // namespace wardkeep::json
