// StartupCheck: looks once at every account after the start, in the background, so that the log names damaged
// accounts before somebody asks for them. Ends with the object. The references must outlive it.
#pragma once

#include <atomic>
#include <thread>

#include "snapshot/directory.h"
#include "storage/store.h"

namespace wardkeep::server {

class StartupCheck {
 public:
  StartupCheck(storage::Store& store, snapshot::Directory& directory);
  ~StartupCheck();
  StartupCheck(const StartupCheck&) = delete;
  StartupCheck& operator=(const StartupCheck&) = delete;

 private:
  void Run();

  storage::Store& store_;
  snapshot::Directory& directory_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses everything above
};

}  // namespace wardkeep::server
