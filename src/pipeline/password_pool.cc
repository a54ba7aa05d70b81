#include "pipeline/password_pool.h"

#include <algorithm>
#include <utility>

namespace wardkeep::pipeline {
namespace {

constexpr std::size_t kOfStrangers = 4;
constexpr uint32_t kOfPrincipal = 8;  // against each of another principal of the account

std::size_t IndexOf(PasswordPool::Lane lane) {
  return static_cast<std::size_t>(lane);
}

constexpr std::size_t kStrangers = static_cast<std::size_t>(PasswordPool::Lane::kStranger);

}  // namespace

PasswordPool::PasswordPool(std::size_t threads, std::size_t queue, const base::SteadyClock& clock)
    : clock_(clock),
      queue_limits_{std::max<std::size_t>(queue, 1), std::max<std::size_t>(queue, 1),
                    kOfStrangers * std::max<std::size_t>(queue, 1)},
      most_strangers_(std::max<std::size_t>(threads, 2) - 1) {
  for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
    threads_.emplace_back([this] { Run(); });
  }
}

PasswordPool::~PasswordPool() {
  Stop();
}

uint32_t PasswordPool::RankIn(const Queue& queue, const Claim& claim) const {
  if (claim.lane == Lane::kStranger) return claim.rank;
  uint32_t rank = 0;
  for (const Waiting& other : queue) {
    if (other.claim.account != claim.account) continue;
    rank += other.claim.principal == claim.principal ? kOfPrincipal : 1;
  }
  return rank;
}

void PasswordPool::TakeLate(Queue& dropped) {
  const base::Moment now = clock_.Now();
  for (Queue& queue : lanes_) {
    while (!queue.empty() && now - queue.front().since > kLongestWait) {
      dropped.splice(dropped.end(), queue, queue.begin());
    }
  }
}

bool PasswordPool::Submit(Claim claim, Task run, Task drop) {
  Queue dropped;
  bool taken = false;
  {
    const std::lock_guard lock(mutex_);
    TakeLate(dropped);
    Queue& queue = lanes_[IndexOf(claim.lane)];
    claim.rank = RankIn(queue, claim);
    const std::size_t limit = queue_limits_[IndexOf(claim.lane)];
    if (!closed_ && queue.size() >= limit) {
      // The last of those with the greatest rank.
      const auto last = std::max_element(queue.begin(), queue.end(), [](const auto& a, const auto& b) {
        return a.claim.rank <= b.claim.rank;
      });
      if (last->claim.rank > claim.rank) dropped.splice(dropped.end(), queue, last);
    }
    if (!closed_ && queue.size() < limit) {
      queue.push_back({std::move(claim), std::move(run), std::move(drop), clock_.Now()});
      taken = true;
    }
  }
  wake_.notify_one();
  for (const Waiting& task : dropped) task.drop();
  return taken;
}

void PasswordPool::Close() {
  Queue dropped;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (Queue& queue : lanes_) dropped.splice(dropped.end(), queue);
  }
  wake_.notify_all();
  for (const Waiting& task : dropped) task.drop();
}

void PasswordPool::Stop() {
  Close();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t PasswordPool::NextLane() const {
  for (std::size_t step = 1; step <= kLanes; ++step) {
    const std::size_t lane = (last_lane_ + step) % kLanes;
    const bool may = lane != kStrangers || strangers_at_work_ < most_strangers_;
    if (may && !lanes_[lane].empty()) return lane;
  }
  return kLanes;
}

PasswordPool::Queue PasswordPool::TakeNext(std::size_t lane) {
  Queue& queue = lanes_[lane];
  const auto first = std::min_element(
      queue.begin(), queue.end(), [](const auto& a, const auto& b) { return a.claim.rank < b.claim.rank; });
  Queue taken;
  taken.splice(taken.end(), queue, first);
  last_lane_ = lane;
  if (lane == kStrangers) ++strangers_at_work_;
  return taken;
}

void PasswordPool::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    std::size_t lane = kLanes;
    wake_.wait(lock, [&] {
      lane = NextLane();
      return closed_ || lane != kLanes;
    });
    if (closed_) return;
    Queue late;
    TakeLate(late);
    Queue task;
    lane = NextLane();
    if (lane != kLanes) task = TakeNext(lane);
    lock.unlock();
    for (const Waiting& waited : late) waited.drop();
    if (!task.empty()) task.front().run();
    late.clear();
    task.clear();  // what it holds goes without the lock
    lock.lock();
    if (lane == kStrangers) --strangers_at_work_;
    // A thread that had to leave the strangers alone may take one now.
    wake_.notify_one();
  }
}

}  // namespace wardkeep::pipeline
