// UsageFlusher: a thread that writes the last-used facts of keys and roles to storage now and then, and once
// more at the end. What a crash loses is at most one interval of them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "snapshot/directory.h"
#include "snapshot/usage_tracker.h"

namespace wardkeep::server {

class UsageFlusher {
 public:
  UsageFlusher(snapshot::UsageTracker& usage, snapshot::Directory& directory, std::chrono::seconds interval);
  ~UsageFlusher();
  UsageFlusher(const UsageFlusher&) = delete;
  UsageFlusher& operator=(const UsageFlusher&) = delete;

 private:
  void Run(std::chrono::seconds interval);

  snapshot::UsageTracker& usage_;
  snapshot::Directory& directory_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace wardkeep::server
