#include "server/store_access.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "crypto/master_key.h"
#include "crypto/system_rng.h"
#include "server/data_folder.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace wardkeep::server {
namespace {

using base::Result;

std::string DatabasePath(const Configuration& configuration) {
  return configuration.data_directory + "/wardkeep.db";
}

Result<crypto::KeyBytes> OpenMasterKey(const Configuration& configuration, bool first_start) {
  if (!configuration.master_key.empty()) return crypto::ParseMasterKey(configuration.master_key.Reveal());
  crypto::SystemRng rng;
  if (configuration.memory && configuration.master_key_file.empty()) {
    std::array<uint8_t, crypto::KeyBytes::kSize> bytes{};
    rng.Fill(bytes);
    return crypto::KeyBytes(bytes);
  }
  const std::string path = configuration.MasterKeyPath();
  return first_start ? crypto::LoadOrCreateMasterKey(path, rng) : crypto::LoadMasterKey(path);
}

Result<void> CheckBackend(const Configuration& configuration) {
  if (configuration.database_url.empty()) return {};
  return base::Error(base::ErrorCode::kInvalid,
                     "this release has no backend for database URLs; leave --database out");
}

}  // namespace

Result<OpenedStore> OpenStore(const Configuration& configuration) {
  if (configuration.memory) {
    WK_ASSIGN(crypto::KeyBytes key, OpenMasterKey(configuration, true));
    return OpenedStore{storage::memory::OpenStore(), std::move(key)};
  }
  WK_TRY(CheckBackend(configuration));
  WK_TRY(CheckFolderIsPrivate(configuration.data_directory));
  std::optional<crypto::KeyBytes> key;
  const auto source = [&](bool first_start) -> Result<crypto::KeyBytes> {
    WK_ASSIGN(key, OpenMasterKey(configuration, first_start));
    return key->Clone();
  };
  WK_ASSIGN(auto store, storage::sqlite::OpenStore(DatabasePath(configuration), source));
  return OpenedStore{std::move(store), *std::move(key)};
}

Result<std::unique_ptr<storage::Store>> OpenStoreReadOnly(const Configuration& configuration) {
  if (configuration.memory) {
    return base::Error(base::ErrorCode::kInvalid, "a server that keeps nothing has no database to read");
  }
  WK_TRY(CheckBackend(configuration));
  return storage::sqlite::OpenStoreReadOnly(
      DatabasePath(configuration), [&](bool /*first_start*/) { return OpenMasterKey(configuration, false); });
}

}  // namespace wardkeep::server
