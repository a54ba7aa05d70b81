// VerifyStore: goes through everything that is stored and says what is not as it should be: the structure of
// the store, the list of accounts, of each account the count and digest, every document, and what the
// documents say of each other.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

struct StoreFinding {
  std::string account;  // empty: of the store as a whole
  std::string what;     // one sentence, lower case, no full stop
};

struct StoreReport {
  uint64_t accounts = 0;
  uint64_t documents = 0;  // of accounts that could be read
  std::vector<StoreFinding> findings;
};

// Reads one account after the other, so it may run beside writers; an account that goes away meanwhile is no
// finding. `go_on` is asked before each account: false ends with unavailable. The error is that of a store
// that cannot be read at all. Any thread.
base::Result<StoreReport> VerifyStore(storage::Store& store, const std::function<bool()>& go_on);

}  // namespace wardkeep::snapshot
