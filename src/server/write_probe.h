// Whether the store takes writes at this moment: a full disk, a file system that has become read-only or a
// damaged database let reads go on, and a server that only reads is not ready.
//
// The probe is a transaction that changes the revision and nothing else. Anybody may ask, so there is at most
// one a second and one at a time; who asks meanwhile gets the last answer or waits for the one that is on its
// way. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "base/account_id.h"
#include "pipeline/worker_pool.h"
#include "storage/store.h"

namespace wardkeep::server {

class WriteProbe {
 public:
  using Answer = std::function<void(bool writable)>;

  // `account` is any that exists. `store` and `workers` outlive the last answer.
  WriteProbe(storage::Store& store, base::AccountId account, pipeline::WorkerPool& workers)
      : store_(store), account_(std::move(account)), workers_(workers) {}

  // Calls `answer` once, on this thread or on one of the workers.
  void Ask(Answer answer);

 private:
  void Finish(bool writable);
  bool Write();

  storage::Store& store_;
  const base::AccountId account_;
  pipeline::WorkerPool& workers_;
  std::mutex mutex_;
  // Guarded by mutex_:
  std::chrono::steady_clock::time_point known_at_;
  std::optional<bool> known_;
  bool running_ = false;
  std::vector<Answer> waiting_;  // bounded by the requests in flight
};

}  // namespace wardkeep::server
