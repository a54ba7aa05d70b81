// GroupCommit: one thread that gathers the batches of concurrent writers and makes them durable with one
// Store::Commit. Submissions are applied, and their Done called, in order. Thread-safe. Stop() finishes what
// was submitted.
//
// When a group fails, its batches are tried again one at a time, so that a batch the store refuses does not
// take its neighbours with it. What was built on a refused batch must fail too, and only the submitter knows
// what that is: it gives an Admit, asked right before each attempt. As Done of the refused batch has returned
// by then, Admit sees its consequences (snapshot::Directory counts generations of an account this way).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "storage/store.h"

namespace wardkeep::storage {

class GroupCommit {
 public:
  // Called on the committer's thread once the batch is durable or has failed. Must be quick and must not
  // throw.
  using Done = std::function<void(const base::Result<uint64_t>&)>;
  // Called on the committer's thread before the batch is tried; an error is handed to Done and nothing is
  // written.
  using Admit = std::function<base::Result<void>()>;
  struct Observer {  // for metrics; called on the committer's thread
    std::function<void(std::size_t batches, double seconds)> on_commit;
  };

  explicit GroupCommit(Store& store, Observer observer = {});
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  // `batch` may have no writes: its Done then follows the durability of everything submitted before it. Never
  // waits; the queue is bounded by the submitters, who wait for Done. After Stop, Done gets unavailable on
  // the calling thread.
  void Submit(Batch batch, Done done, Admit admit = {});
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardkeep::storage
