#include "wire/list_index.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace wardkeep::wire {
namespace {

constexpr std::size_t kMostDigits = 18;

bool IsDigits(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

// Cuts the first segment off `rest`, its dot included.
std::string_view TakeSegment(std::string_view& rest) {
  const std::size_t dot = rest.find('.');
  const std::string_view segment = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  return segment;
}

bool IsPadded(std::string_view segment) {
  return segment.size() > 1 && segment.front() == '0' && IsDigits(segment);
}

}  // namespace

Segment SegmentKind(std::string_view text) {
  return IsDigits(text) ? Segment::kNumber : Segment::kWord;
}

base::Result<uint64_t, api::ApiError> ReadIndex(std::string_view digits) {
  if (digits.size() > kMostDigits) return api::MalformedInput();
  uint64_t index = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (index == 0) return api::MalformedInput("0 is not a valid index");
  return index;
}

base::Result<void, api::ApiError> CheckGap(uint64_t index, uint64_t reached) {
  if (index <= reached + kMostSkipped) return {};
  return api::MalformedInput("Excessively sparse input would skip " + std::to_string(index - reached) +
                             " list elements");
}

base::Result<void, api::ApiError> CheckWord(std::string_view word) {
  if (word.empty()) return api::MalformedInput();
  if (word.front() != '-') return {};
  return api::MalformedInput("Key " + std::string(word.substr(0, 64)) + " may not have a leading '-'");
}

bool HasLeadingZeros(std::string_view name) {
  while (!name.empty()) {
    if (IsPadded(TakeSegment(name))) return true;
  }
  return false;
}

std::string WithPlainIndexes(std::string_view name) {
  std::string plain;
  plain.reserve(name.size());
  while (!name.empty()) {
    const bool last = name.find('.') == std::string_view::npos;
    std::string_view segment = TakeSegment(name);
    if (IsPadded(segment))
      segment.remove_prefix(std::min(segment.find_first_not_of('0'), segment.size() - 1));
    plain += segment;
    if (!last) plain += '.';
  }
  return plain;
}

}  // namespace wardkeep::wire
