// An ARN cut at its first five colons: arn:partition:service:region:account:resource, where the resource may
// hold colons itself. Views only. Any text can be cut; IsArn says whether the result is an ARN.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace wardkeep::policy {

struct ArnText {
  static constexpr std::size_t kComponents = 6;

  std::string_view text;
  std::array<std::size_t, kComponents> ends = {};  // where each component ends in `text`
  std::size_t count = 0;                           // components present, 1 to 6

  // Empty if it is not present.
  std::string_view component(std::size_t i) const {
    if (i >= count) return {};
    const std::size_t start = i == 0 ? 0 : ends[i - 1] + 1;
    return {text.data() + start, ends[i] - start};
  }
  bool IsArn() const { return count == kComponents && component(0) == "arn"; }
  std::string_view service() const { return component(2); }
  std::string_view region() const { return component(3); }
  std::string_view account() const { return component(4); }
  std::string_view resource() const { return component(5); }
  // Everything up to and including the fifth colon. Only for texts with six components.
  std::string_view Head() const { return text.substr(0, ends[4] + 1); }
};

ArnText SplitArn(std::string_view text);

}  // namespace wardkeep::policy
