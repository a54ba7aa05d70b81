// A table by text of bounded size. Each entry says until when it is wanted; when there is no room, the entry
// that is wanted least long gives way. So whoever wants an entry forgotten must fill the table with entries
// that are wanted longer. An entry may weigh more than one. Not thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/steady_clock.h"

namespace wardkeep::pipeline {

template <typename Value>
class BoundedTable {
 public:
  explicit BoundedTable(std::size_t capacity) : capacity_(capacity) {}

  // Null when there is none.
  Value* Find(const std::string& key) {
    const auto found = slots_.find(key);
    return found == slots_.end() ? nullptr : &found->second.value;
  }
  // The entry, a new one if there was none. Keep follows, before the next call.
  Value& At(const std::string& key) { return slots_[key].value; }
  // Says until when the entry is wanted and what it weighs now, and makes room. The entry itself stays.
  void Keep(const std::string& key, base::Moment until, std::size_t weight = 1) {
    const auto found = slots_.find(key);
    if (found == slots_.end()) return;
    Unlist(found->second);
    found->second.place = {until, ++last_number_};
    found->second.weight = weight;
    weight_ += weight;
    while (weight_ > capacity_ && !order_.empty()) Erase(*order_.begin()->second);
    order_.emplace(found->second.place, &found->first);
  }
  void Erase(const std::string& key) {
    const auto found = slots_.find(key);
    if (found == slots_.end()) return;
    Unlist(found->second);
    slots_.erase(found);
  }
  std::size_t size() const { return slots_.size(); }
  std::size_t weight() const { return weight_; }

 private:
  using Place = std::pair<base::Moment, uint64_t>;  // the number makes it unique
  struct Slot {
    Value value{};
    Place place{};
    std::size_t weight = 0;  // 0: not in order_ yet
  };
  void Unlist(Slot& slot) {
    if (slot.weight == 0) return;
    order_.erase(slot.place);
    weight_ -= slot.weight;
    slot.weight = 0;
  }

  const std::size_t capacity_;
  std::unordered_map<std::string, Slot> slots_;
  std::map<Place, const std::string*> order_;  // keys of slots_, which stay where they are
  std::size_t weight_ = 0;
  uint64_t last_number_ = 0;
};

}  // namespace wardkeep::pipeline
