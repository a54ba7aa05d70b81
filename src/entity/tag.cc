#include "entity/tag.h"

#include <algorithm>

#include "base/ascii.h"

namespace wardkeep::entity {
namespace {

bool SameKey(std::string_view a, std::string_view b, TagKeyCase key_case) {
  return key_case == TagKeyCase::kFolded ? base::EqualsIgnoreAsciiCase(a, b) : a == b;
}

void Drop(Tags& tags, std::string_view key, TagKeyCase key_case) {
  std::erase_if(tags, [&](const Tag& tag) { return SameKey(tag.first, key, key_case); });
}

}  // namespace

void MergeTags(Tags& tags, const Tags& added, TagKeyCase key_case) {
  for (const auto& tag : added) {
    Drop(tags, tag.first, key_case);
    const auto place = std::lower_bound(tags.begin(), tags.end(), tag,
                                        [](const Tag& a, const Tag& b) { return a.first < b.first; });
    tags.insert(place, tag);
  }
}

void RemoveTags(Tags& tags, const std::vector<std::string>& keys, TagKeyCase key_case) {
  for (const auto& key : keys) Drop(tags, key, key_case);
}

bool HasDuplicateKeys(const Tags& tags, TagKeyCase key_case) {
  // Lists come from requests and are bounded by the model (50 tags), but a caller may check before that
  // bound.
  std::vector<std::string> keys;
  keys.reserve(tags.size());
  for (const auto& [key, value] : tags) {
    keys.push_back(key_case == TagKeyCase::kFolded ? base::AsciiLower(key) : key);
  }
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

}  // namespace wardkeep::entity
