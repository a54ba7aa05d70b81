#include "snapshot/pinned_states.h"

#include <utility>

namespace wardkeep::snapshot {

PinnedStates& PinnedStates::OfThisThread() {
  thread_local PinnedStates states;
  return states;
}

std::size_t PinnedStates::IndexOf(const base::AccountId& account) {
  std::size_t hash = 0;
  for (const char c : account.value()) hash = hash * 31 + static_cast<unsigned char>(c);
  return (hash ^ hash >> 7) % 16;
}

const AccountStatePtr* PinnedStates::Find(uint64_t directory, const base::AccountId& account) const {
  const Entry& entry = entries_[IndexOf(account)];
  if (entry.directory != directory || entry.slot->account() != account) return nullptr;
  return entry.slot->epoch() == entry.epoch ? &entry.state : nullptr;
}

const AccountStatePtr& PinnedStates::Hold(uint64_t directory, const AccountSlot& slot, AccountSlot::Pin pin) {
  Entry& entry = entries_[IndexOf(slot.account())];
  const AccountState* raw = pin.state.get();
  entry = {directory, &slot, pin.epoch,
           AccountStatePtr(raw, [shared = std::move(pin.state)](const AccountState*) {})};
  return entry.state;
}

}  // namespace wardkeep::snapshot
