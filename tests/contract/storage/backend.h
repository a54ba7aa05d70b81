// The storage backends under test. A test calls store() for every step: the reopening backend closes the
// database and opens it again before each, so whatever was not durable would be gone.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/assert.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace wardkeep::storage {

inline base::Result<crypto::KeyBytes> TestMasterKey(bool /*first_start*/) {
  static constexpr std::array<uint8_t, crypto::KeyBytes::kSize> kBytes = {1, 2, 3};
  return crypto::KeyBytes(kBytes);
}

namespace sqlite {
inline base::Result<std::unique_ptr<Store>> OpenStore(const std::string& path) {
  return OpenStore(path, TestMasterKey);
}
}  // namespace sqlite

// A folder of its own for each test, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wardkeep-storage-XXXXXX").string();
    WK_ASSERT(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual Store& store() = 0;
};

class MemoryBackend final : public Backend {
 public:
  Store& store() override { return *store_; }

 private:
  std::unique_ptr<Store> store_ = memory::OpenStore();
};

class SqliteBackend final : public Backend {
 public:
  explicit SqliteBackend(bool reopen) : reopen_(reopen) {}
  Store& store() override {
    if (reopen_) store_.reset();
    if (store_ == nullptr) {
      auto opened = sqlite::OpenStore(folder_.File("wardkeep.db"));
      WK_ASSERT(opened.has_value());
      store_ = std::move(opened).value();
    }
    return *store_;
  }

 private:
  const bool reopen_;
  ScratchFolder folder_;
  std::unique_ptr<Store> store_;
};

struct BackendFactory {
  const char* name;
  std::function<std::unique_ptr<Backend>()> make;
  bool keeps_references;  // store() gives the same object each time
};

inline std::vector<BackendFactory> AllBackends() {
  return {{"Memory", [] { return std::make_unique<MemoryBackend>(); }, true},
          {"Sqlite", [] { return std::make_unique<SqliteBackend>(false); }, true},
          {"SqliteReopened", [] { return std::make_unique<SqliteBackend>(true); }, false}};
}

}  // namespace wardkeep::storage
