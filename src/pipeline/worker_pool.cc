#include "pipeline/worker_pool.h"

#include <algorithm>
#include <utility>

namespace wardkeep::pipeline {
namespace {

WorkerPoolLimits FillIn(WorkerPoolLimits limits) {
  limits.threads = std::max<std::size_t>(limits.threads, 1);
  if (limits.threads_of_an_owner == 0) {
    limits.threads_of_an_owner = std::max<std::size_t>(limits.threads - 1, 1);
  }
  if (limits.queue_of_an_owner == 0) limits.queue_of_an_owner = std::max<std::size_t>(limits.queue / 2, 1);
  return limits;
}

}  // namespace

WorkerPool::WorkerPool(WorkerPoolLimits limits) : limits_(FillIn(limits)) {
  for (std::size_t i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkerPool::~WorkerPool() {
  Stop();
}

bool WorkerPool::Submit(std::string_view owner, Task run, Task drop) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_ >= limits_.queue) return false;
    auto found = std::ranges::find(owners_, owner, &Owner::name);
    if (found == owners_.end()) {
      found = owners_.insert(owners_.end(), Owner{.name = std::string(owner), .queue = {}});
    }
    if (found->queue.size() >= limits_.queue_of_an_owner) return false;
    found->queue.push_back({std::move(run), std::move(drop)});
    ++waiting_;
  }
  wake_.notify_one();
  return true;
}

void WorkerPool::Close() {
  std::vector<Waiting> dropped;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (Owner& owner : owners_) {
      std::ranges::move(owner.queue, std::back_inserter(dropped));
      owner.queue.clear();
    }
    std::erase_if(owners_, [](const Owner& owner) { return owner.running == 0; });
    waiting_ = 0;
  }
  wake_.notify_all();
  for (const Waiting& task : dropped) {
    if (task.drop) task.drop();
  }
}

void WorkerPool::Stop() {
  Close();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

// The first owner with a task that waits and a thread left of its share.
WorkerPool::Owners::iterator WorkerPool::NextOwner() {
  return std::ranges::find_if(owners_, [this](const Owner& owner) {
    return !owner.queue.empty() && owner.running < limits_.threads_of_an_owner;
  });
}

void WorkerPool::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    Owners::iterator owner;
    wake_.wait(lock, [&] {
      owner = NextOwner();
      return closed_ || owner != owners_.end();
    });
    if (owner == owners_.end()) return;
    Waiting task = std::move(owner->queue.front());
    owner->queue.pop_front();
    --waiting_;
    ++owner->running;
    owners_.splice(owners_.end(), owners_, owner);
    lock.unlock();
    task.run();
    task = {};  // what it holds goes without the lock
    lock.lock();
    --owner->running;
    if (owner->running == 0 && owner->queue.empty()) owners_.erase(owner);
    // Its share has a thread left again, which this thread may spend on another owner.
    if (waiting_ > 0) wake_.notify_one();
  }
}

}  // namespace wardkeep::pipeline
