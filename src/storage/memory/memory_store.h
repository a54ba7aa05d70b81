// The store behind `--memory`: nothing outlives the process. Behaves as the durable backends do, which the
// contract suite checks. Thread-safe (one mutex).
#pragma once

#include <memory>

#include "storage/store.h"

namespace wardkeep::storage::memory {

std::unique_ptr<Store> OpenStore();

}  // namespace wardkeep::storage::memory
