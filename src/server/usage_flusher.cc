#include "server/usage_flusher.h"

namespace wardkeep::server {

UsageFlusher::UsageFlusher(snapshot::UsageTracker& usage, snapshot::Directory& directory,
                           std::chrono::seconds interval)
    : usage_(usage), directory_(directory), thread_([this, interval] { Run(interval); }) {}

UsageFlusher::~UsageFlusher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  usage_.Flush(directory_);
}

void UsageFlusher::Run(std::chrono::seconds interval) {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, interval, [this] { return stopping_; })) {
    lock.unlock();
    usage_.Flush(directory_);
    lock.lock();
  }
}

}  // namespace wardkeep::server
