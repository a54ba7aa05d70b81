// From the configuration to the store and its master key: to serve, and to verify.
#pragma once

#include <memory>

#include "base/result.h"
#include "crypto/key_bytes.h"
#include "server/configuration.h"
#include "storage/store.h"

namespace wardkeep::server {

struct OpenedStore {
  std::unique_ptr<storage::Store> store;
  crypto::KeyBytes master_key;
};

// Makes both on a first start. A store that has accounts must find its key: a new one could not open a single
// secret.
base::Result<OpenedStore> OpenStore(const Configuration& configuration);

// The store of the data folder for reading only, beside a server that has it open or alone. not_found without
// one, invalid with `memory`.
base::Result<std::unique_ptr<storage::Store>> OpenStoreReadOnly(const Configuration& configuration);

}  // namespace wardkeep::server
