// WorkerPool: threads for work that must not run on a network thread. The server has three: one computes what
// takes long (`heavy` in the operation table), one hashes passwords, one waits for other servers; so that
// who waits takes no turn from who computes.
//
//   WorkerPool pool({.threads = 3, .queue = 64});
//   if (!pool.Submit(account_id, [] { ... }, [] { /* the pool stopped first */ })) { /* full: Throttling */ }
//
// A task has an owner: the account it is done for, or any other text that names who would be to blame. An
// owner has a share of the threads and of the queue, so that one owner can never take them all, and owners
// take turns: a task waits for those of its own owner and for one of each other owner, however many those
// have brought. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace wardkeep::pipeline {

struct WorkerPoolLimits {
  std::size_t threads = 1;
  std::size_t queue = 64;               // tasks that wait, of all owners
  std::size_t threads_of_an_owner = 0;  // 0: all but one, at least one
  std::size_t queue_of_an_owner = 0;    // 0: half of the queue, at least one
};

class WorkerPool {
 public:
  using Task = std::function<void()>;

  explicit WorkerPool(WorkerPoolLimits limits);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue or the owner's share of it is full, or the pool takes no more; neither is then
  // called. Otherwise `run` is called on a thread of the pool, or `drop` by Close().
  bool Submit(std::string_view owner, Task run, Task drop = {});
  // Takes no more and calls `drop` of what waits, on this thread. What runs goes on. Idempotent.
  void Close();
  // Close(), and then waits for what runs. Idempotent.
  void Stop();

 private:
  struct Waiting {
    Task run;
    Task drop;
  };
  struct Owner {
    std::string name;
    std::deque<Waiting> queue;
    std::size_t running = 0;
  };
  using Owners = std::list<Owner>;

  void Run();
  Owners::iterator NextOwner();

  const WorkerPoolLimits limits_;
  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_:
  Owners owners_;  // with a task that waits or runs; the first is the next to have a turn
  std::size_t waiting_ = 0;
  bool closed_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace wardkeep::pipeline
