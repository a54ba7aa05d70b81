#include "wire/uri_template.h"

#include <cstddef>

#include "base/percent.h"

namespace wardkeep::wire {
namespace {

std::vector<std::string_view> Segments(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const size_t end = path.find('/');
    segments.push_back(path.substr(0, end));
    if (end == std::string_view::npos) return segments;
    path.remove_prefix(end + 1);
  }
}

std::string_view LabelName(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}') ? segment.substr(1, segment.size() - 2)
                                                            : std::string_view();
}

bool AddLabel(std::string_view name, std::string_view raw, Labels& labels) {
  if (raw.empty()) return false;
  auto text = base::PercentDecode(raw, base::PlusSign::kLiteral);
  if (!text.has_value()) return false;
  labels.emplace_back(name, std::move(*text));
  return true;
}

bool MatchSegment(std::string_view pattern, std::string_view raw, Labels& labels) {
  if (const std::string_view name = LabelName(pattern); !name.empty()) return AddLabel(name, raw, labels);
  const auto text = base::PercentDecode(raw, base::PlusSign::kLiteral);
  return text.has_value() && *text == pattern;
}

// The text of the segments [first, last) with the slashes between them.
std::string_view Join(const std::vector<std::string_view>& segments, size_t first, size_t last) {
  const char* begin = segments[first].data();
  const std::string_view end = segments[last - 1];
  return {begin, static_cast<size_t>(end.data() + end.size() - begin)};
}

// With at most one greedy label, the segments before it match from the front and those after it from the
// back.
bool MatchPath(const std::vector<std::string_view>& wanted, const std::vector<std::string_view>& given,
               Labels& labels) {
  size_t front = 0;
  while (front < wanted.size() && !LabelName(wanted[front]).ends_with('+')) ++front;
  if (front == wanted.size() ? given.size() != wanted.size() : given.size() < wanted.size()) return false;
  for (size_t i = 0; i < front; ++i) {
    if (!MatchSegment(wanted[i], given[i], labels)) return false;
  }
  if (front == wanted.size()) return true;
  const size_t back = wanted.size() - front - 1;
  std::string_view name = LabelName(wanted[front]);
  name.remove_suffix(1);
  if (!AddLabel(name, Join(given, front, given.size() - back), labels)) return false;
  for (size_t i = 0; i < back; ++i) {
    if (!MatchSegment(wanted[front + 1 + i], given[given.size() - back + i], labels)) return false;
  }
  return true;
}

bool HasQuery(std::string_view literals, const FormParameters& query) {
  while (!literals.empty()) {
    const size_t end = literals.find('&');
    const std::string_view part = literals.substr(0, end);
    literals = end == std::string_view::npos ? std::string_view() : literals.substr(end + 1);
    const size_t equals = part.find('=');
    const std::string* value = query.Find(part.substr(0, equals));
    if (value == nullptr) return false;
    if (equals != std::string_view::npos && *value != part.substr(equals + 1)) return false;
  }
  return true;
}

}  // namespace

std::optional<Labels> MatchUri(std::string_view uri_template, std::string_view path,
                               const FormParameters& query) {
  const size_t question = uri_template.find('?');
  if (question != std::string_view::npos && !HasQuery(uri_template.substr(question + 1), query))
    return std::nullopt;
  const std::vector<std::string_view> wanted = Segments(uri_template.substr(0, question));
  std::vector<std::string_view> given = Segments(path);
  if (given.size() == wanted.size() + 1 && given.back().empty()) given.pop_back();
  Labels labels;
  if (!MatchPath(wanted, given, labels)) return std::nullopt;
  return labels;
}

}  // namespace wardkeep::wire
