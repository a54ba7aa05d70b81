// PinnedStates: the few states a thread used last, so that looking at an account takes no lock. One per
// thread.
//
// Each state is held through a control block of its own, so that copying it does not contend with other
// threads.
#pragma once

#include <array>
#include <cstdint>

#include "snapshot/account_slot.h"
#include "snapshot/account_state.h"

namespace wardkeep::snapshot {

class PinnedStates {
 public:
  static PinnedStates& OfThisThread();

  // The state of `account` in the directory numbered `directory`, if it is held and still the published one.
  const AccountStatePtr* Find(uint64_t directory, const base::AccountId& account) const;
  // Holds what was pinned; gives the copy to use.
  const AccountStatePtr& Hold(uint64_t directory, const AccountSlot& slot, AccountSlot::Pin pin);

 private:
  struct Entry {
    uint64_t directory =
        0;  // 0: nothing held. A number is never used twice, so `slot` is alive when it matches.
    const AccountSlot* slot = nullptr;
    uint64_t epoch = 0;
    AccountStatePtr state;
  };
  static std::size_t IndexOf(const base::AccountId& account);

  std::array<Entry, 16> entries_;
};

}  // namespace wardkeep::snapshot
