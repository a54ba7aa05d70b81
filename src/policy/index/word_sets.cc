#include "policy/index/word_sets.h"

#include <iterator>

namespace wardkeep::policy {

WordSets::Id WordSets::Make(std::span<const uint32_t> sorted) {
  std::vector<Word> words;
  for (const uint32_t number : sorted) {
    const uint32_t place = number / kBits;
    if (words.empty() || words.back().place != place) words.push_back({place, 0});
    words.back().bits |= uint64_t{1} << (number % kBits);
  }
  return Store(words);
}

WordSets::Id WordSets::Union(Id a, Id b) {
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

WordSets::Id WordSets::Difference(Id a, Id b) {
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

std::vector<WordSets::Word> WordSets::Read(Id id) const {
  const Set& set = sets_[id];
  std::vector<Word> words;
  for (uint32_t i = 0; i < set.count; ++i) {
    const uint64_t bits = words_[set.words + i];
    if (bits != 0) words.push_back({PlaceOf(set, i), bits});
  }
  return words;
}

WordSets::Id WordSets::Store(std::span<const Word> ascending) {
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

void WordSets::Freeze() {
  known_ = {};
  sets_.shrink_to_fit();
  words_.shrink_to_fit();
  places_.shrink_to_fit();
}

std::size_t WordSets::Bytes() const {
  return sets_.capacity() * sizeof(Set) + words_.capacity() * sizeof(uint64_t) +
         places_.capacity() * sizeof(uint32_t);
}

}  // namespace wardkeep::policy
