// Pattern: a regular expression of a model, compiled by the generator into a table of states (tools/codegen/
// patterns.py). Matching reads each Unicode scalar once: linear time, no memory, whatever the expression and
// input.
//
// The whole text must match. \w and \d are ASCII, \p{..} are Unicode categories. Constant data, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace wardkeep::api {

// From scalar `first` up to the next row's, every scalar belongs to `group`: the expression treats them
// alike.
struct ScalarGroup {
  uint32_t first;
  uint16_t group;
};

struct Pattern {
  static constexpr uint16_t kDead = 0xFFFF;

  std::string_view text;                     // as messages quote it
  std::span<const ScalarGroup> groups = {};  // sorted by `first`, starting at 0
  uint16_t group_count = 0;
  std::span<const uint16_t> next = {};   // next[state * group_count + group]; state 0 is the start
  std::span<const bool> accepting = {};  // by state
};

bool Matches(const Pattern& pattern, std::string_view text);

}  // namespace wardkeep::api
