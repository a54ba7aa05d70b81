#include <algorithm>

#include "base/ascii.h"
#include "policy/condition/multi_valued_keys.h"
#include "wardkeep/request.h"

namespace wardkeep::policy {
namespace {

template <typename Entries>
auto PlaceOf(Entries& entries, std::string_view key, uint64_t hash) {
  return std::partition_point(entries.begin(), entries.end(), [&](const RequestContext::Entry& entry) {
    return entry.hash != hash ? entry.hash < hash : entry.key < key;
  });
}

}  // namespace

void RequestContext::Put(std::string_view key, bool multi_valued, std::vector<std::string> values) {
  std::string folded = base::AsciiLower(key);
  const uint64_t hash = KeyHash(folded);
  multi_valued = multi_valued || IsMultiValuedKey(folded, hash);
  const auto place = PlaceOf(entries_, folded, hash);
  if (place != entries_.end() && place->hash == hash && place->key == folded) {
    place->multi_valued = multi_valued;
    place->values = std::move(values);
  } else {
    hashes_.insert(hashes_.begin() + (place - entries_.begin()), hash);
    entries_.insert(place, {std::move(folded), hash, multi_valued, std::move(values)});
  }
}

void RequestContext::Set(std::string_view key, std::string value) {
  std::vector<std::string> values;
  values.push_back(std::move(value));
  Put(key, false, std::move(values));
}

void RequestContext::SetMulti(std::string_view key, std::vector<std::string> values) {
  Put(key, true, std::move(values));
}

void RequestContext::SetDefault(std::string_view key, std::string value) {
  if (Find(key) == nullptr) Set(key, std::move(value));
}

// Also for keys that somebody chose to have one hash.
const RequestContext::Entry* RequestContext::FindAmongEqualHashes(std::string_view folded_key,
                                                                  uint64_t hash) const {
  const auto place = PlaceOf(entries_, folded_key, hash);
  if (place == entries_.end() || place->hash != hash || place->key != folded_key) return nullptr;
  return &*place;
}

const RequestContext::Entry* RequestContext::Find(std::string_view key) const {
  const std::string folded = base::AsciiLower(key);
  return Find(folded, KeyHash(folded));
}

}  // namespace wardkeep::policy
