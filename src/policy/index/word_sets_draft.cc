#include "policy/index/word_sets_draft.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace wardkeep::policy {

WordSetsDraft::Id WordSetsDraft::Make(std::span<const uint32_t> sorted) {
  std::vector<Word> words;
  for (const uint32_t number : sorted) {
    const uint32_t place = number / WordSets::kBits;
    if (words.empty() || words.back().place != place) words.push_back({place, 0});
    words.back().bits |= uint64_t{1} << (number % WordSets::kBits);
  }
  return Store(words);
}

WordSetsDraft::Id WordSetsDraft::Union(Id a, Id b) {
  if (a == kEmpty || a == b) return b;
  if (b == kEmpty) return a;
  const std::vector<Word> left = Read(a);
  const std::vector<Word> right = Read(b);
  std::vector<Word> both;
  both.reserve(left.size() + right.size());
  std::merge(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both),
             [](const Word& x, const Word& y) { return x.place < y.place; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < both.size(); ++i) {
    if (both[i].place == both[kept].place) {
      both[kept].bits |= both[i].bits;
    } else {
      both[++kept] = both[i];
    }
  }
  both.resize(kept + 1);
  return Store(both);
}

WordSetsDraft::Id WordSetsDraft::Difference(Id a, Id b) {
  if (a == kEmpty || b == kEmpty) return a;
  std::vector<Word> left = Read(a);
  const std::vector<Word> right = Read(b);
  auto other = right.begin();
  for (Word& word : left) {
    other = std::find_if(other, right.end(), [&](const Word& taken) { return taken.place >= word.place; });
    if (other != right.end() && other->place == word.place) word.bits &= ~other->bits;
  }
  std::erase_if(left, [](const Word& word) { return word.bits == 0; });
  return Store(left);
}

std::vector<WordSetsDraft::Word> WordSetsDraft::Read(Id id) const {
  const Set& set = sets_[id];
  std::vector<Word> words;
  for (uint32_t i = 0; i < set.count; ++i) {
    const uint64_t bits = words_[set.words + i];
    const uint32_t place = set.count == width_ ? i : places_[set.places + i];
    if (bits != 0) words.push_back({place, bits});
  }
  return words;
}

WordSetsDraft::Id WordSetsDraft::Store(std::span<const Word> ascending) {
  if (ascending.empty()) return kEmpty;
  std::string key;
  for (const Word& word : ascending) {
    key.append(reinterpret_cast<const char*>(&word.place), sizeof word.place);
    key.append(reinterpret_cast<const char*>(&word.bits), sizeof word.bits);
  }
  const auto [entry, is_new] = known_.try_emplace(std::move(key), static_cast<Id>(sets_.size()));
  if (!is_new) return entry->second;
  const bool whole = ascending.size() * 2 >= width_;
  Set set{static_cast<uint32_t>(words_.size()), static_cast<uint32_t>(places_.size()),
          whole ? width_ : static_cast<uint32_t>(ascending.size())};
  if (whole) {
    words_.resize(words_.size() + width_);
    for (const Word& word : ascending) words_[set.words + word.place] = word.bits;
  } else {
    for (const Word& word : ascending) {
      words_.push_back(word.bits);
      places_.push_back(word.place);
    }
  }
  sets_.push_back(set);
  return entry->second;
}

WordSets::Id WordSetsDraft::Packed(Id id) const {
  if (!is_one_word()) return id;
  return id == kEmpty ? 0 : words_[sets_[id].words];
}

std::size_t WordSetsDraft::PackedBytes() const {
  if (is_one_word()) return 0;
  const std::size_t bytes =
      words_.size() * sizeof(uint64_t) + sets_.size() * sizeof(Set) + places_.size() * sizeof(uint32_t);
  return (bytes + 7) / 8 * 8;
}

WordSets WordSetsDraft::Pack(std::byte* memory) const {
  WordSets packed;
  packed.width_ = width_;
  if (is_one_word()) return packed;
  packed.memory_ = memory;
  packed.word_count_ = static_cast<uint32_t>(words_.size());
  packed.set_count_ = static_cast<uint32_t>(sets_.size());
  const auto append = [&](const auto& items) {
    if (!items.empty()) std::memcpy(memory, items.data(), items.size() * sizeof items[0]);
    memory += items.size() * sizeof items[0];
  };
  append(words_);
  append(sets_);
  append(places_);
  return packed;
}

}  // namespace wardkeep::policy
