#include "password/common_passwords.h"

#include <algorithm>

extern "C" {
extern const char kCommonPasswordData[];
extern const char kCommonPasswordDataEnd[];
}

namespace wardkeep::password {
namespace {

std::string_view Data() {
  return {kCommonPasswordData, static_cast<std::size_t>(kCommonPasswordDataEnd - kCommonPasswordData)};
}

// The beginning of the line that the byte at `at` is in.
std::size_t LineStart(std::string_view data, std::size_t at) {
  const std::size_t end = at == 0 ? std::string_view::npos : data.rfind('\n', at - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

// Binary search over bytes; each probe looks at the line that the middle byte is in.
bool IsCommonWord(std::string_view word) {
  const std::string_view data = Data();
  std::size_t low = 0;  // always the beginning of a line
  std::size_t high = data.size();
  while (low < high) {
    const std::size_t start = std::max(low, LineStart(data, low + (high - low) / 2));
    const std::size_t end = data.find('\n', start);
    const std::string_view line = data.substr(start, end - start);
    if (line == word) return true;
    if (line < word) {
      low = end + 1;
    } else {
      high = start;
    }
  }
  return false;
}

std::size_t CommonWordCount() {
  const std::string_view data = Data();
  return static_cast<std::size_t>(std::count(data.begin(), data.end(), '\n'));
}

}  // namespace wardkeep::password
