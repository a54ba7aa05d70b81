// WorkerPool: threads for the few operations that take long (marked `heavy` in the operation table), so that
// the network threads stay free for short ones. The queue is bounded. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace wardkeep::pipeline {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t queue_limit);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool has stopped; the task is then not run.
  bool Submit(std::function<void()> task);
  // Finishes what was submitted, then joins the threads. Idempotent.
  void Stop();

 private:
  void Run();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;  // guarded by mutex_
  bool stopping_ = false;                    // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace wardkeep::pipeline
