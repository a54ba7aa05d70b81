// GroupCommit: one thread that gathers the batches of concurrent writers and makes them durable with one Store::Commit.
// Submissions are applied in order. Thread-safe. Stop() finishes what was submitted.
#pragma once

#include <functional>
#include <memory>

#include "storage/store.h"

namespace wardkeep::storage {

class GroupCommit {
 public:
  // Called on the committer's thread once the batch is durable or has failed. Must be quick and must not throw.
  using Done = std::function<void(const base::Result<uint64_t>&)>;
  struct Observer {  // for metrics; called on the committer's thread
    std::function<void(std::size_t batches, double seconds)> on_commit;
  };

  explicit GroupCommit(Store& store, Observer observer = {});
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  // `batch` may have no writes: its Done then follows the durability of everything submitted before it.
  void Submit(Batch batch, Done done);
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardkeep::storage
