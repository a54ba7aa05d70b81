#include "analysis/resource_fit.h"

#include <algorithm>
#include <string>
#include <vector>

namespace wardkeep::analysis {
namespace {

constexpr char kRun = '*';
constexpr char kOne = '?';

// The text with every "${...}" replaced by a run.
std::string WithoutVariables(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t start = text.find("${");
    const std::size_t end = start == std::string_view::npos ? start : text.find('}', start);
    if (end == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, start)).push_back(kRun);
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string Completed(std::string_view pattern) {
  std::string text = WithoutVariables(pattern);
  const auto colons = std::ranges::count(text, ':');
  if (text.starts_with("arn:")) {
    for (auto present = colons; present < 5; ++present) text += ":*";
  }
  return text;
}

// Whether some text matches both. Row i says which prefixes of `b` go with the first i characters of `a`.
bool Intersect(std::string_view a, std::string_view b) {
  std::vector<char> row(b.size() + 1, 0);
  row[0] = 1;
  for (std::size_t j = 0; j < b.size() && b[j] == kRun; ++j) row[j + 1] = 1;
  for (const char c : a) {
    std::vector<char> next(b.size() + 1, 0);
    next[0] = c == kRun && row[0] != 0 ? 1 : 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const bool either_run = c == kRun || b[j] == kRun;
      const bool same = c == b[j] || c == kOne || b[j] == kOne;
      // A run takes the other's character and stays, or ends; two plain characters must agree.
      const bool fits = either_run ? row[j + 1] != 0 || next[j] != 0 || row[j] != 0 : same && row[j] != 0;
      next[j + 1] = fits ? 1 : 0;
    }
    row.swap(next);
  }
  return row.back() != 0;
}

// As policies compare ARNs: component by component, the last one being the rest.
bool IntersectArns(std::string_view a, std::string_view b) {
  for (int component = 0; component < 5; ++component) {
    const std::size_t end_a = a.find(':');
    const std::size_t end_b = b.find(':');
    if (end_a == std::string_view::npos || end_b == std::string_view::npos) break;
    if (!Intersect(a.substr(0, end_a), b.substr(0, end_b))) return false;
    a.remove_prefix(end_a + 1);
    b.remove_prefix(end_b + 1);
  }
  return Intersect(a, b);
}

}  // namespace

bool NamesEverything(std::string_view pattern) {
  return !pattern.empty() && std::ranges::all_of(pattern, [](char c) { return c == kRun; });
}

bool CanName(std::string_view pattern, std::string_view arn_template) {
  return NamesEverything(pattern) || IntersectArns(Completed(pattern), WithoutVariables(arn_template));
}

}  // namespace wardkeep::analysis
