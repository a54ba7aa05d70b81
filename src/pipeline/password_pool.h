// PasswordPool: the threads that hash passwords, and who gets a turn on them. A hash takes tens of
// milliseconds and much memory, and anybody may ask for one; so there are three lanes with a queue each,
// which take turns, and one lane that is full takes nothing from the others:
//
//   kCaller     authenticated callers of the API, by account and principal
//   kKnown      sign-ins from places that their owner has signed in from before, by account and owner
//   kStranger   everybody else, by how much work their networks have asked for lately
//
// Strangers leave a thread to the others where there are two or more. Within a lane the smallest rank comes
// first, then who came first. When a lane is full, the waiting task with the greatest rank gives way to one
// with a smaller rank. Nobody waits longer than kLongestWait. Thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/steady_clock.h"

namespace wardkeep::pipeline {

class PasswordPool {
 public:
  enum class Lane : uint8_t { kCaller, kKnown, kStranger };
  static constexpr std::size_t kLanes = 3;
  static constexpr std::chrono::seconds kLongestWait{10};

  using Task = std::function<void()>;

  // Whose work it is. In the lanes of those who have names, each task of one's own that waits already counts
  // against the next, and those of others in the account count a little.
  struct Claim {
    Lane lane = Lane::kStranger;
    uint32_t rank = 0;  // of strangers: SigninThrottle::Ticket::rank
    std::string account = {};
    std::string principal = {};
  };

  // `queue`: how many tasks may wait in each lane; four times as many of strangers, so that a newcomer need
  // not come back when a crowd of newcomers is before him.
  PasswordPool(std::size_t threads, std::size_t queue,
               const base::SteadyClock& clock = base::TheSteadyClock());
  ~PasswordPool();
  PasswordPool(const PasswordPool&) = delete;
  PasswordPool& operator=(const PasswordPool&) = delete;

  // False when there is no room for it, or the pool takes no more: neither is called. Otherwise `run` is
  // called on a thread of the pool; or `drop`, on any thread, when the task gave way, waited too long, or the
  // pool closed.
  bool Submit(Claim claim, Task run, Task drop);
  // Takes no more and drops what waits. What runs goes on. Idempotent.
  void Close();
  // Close(), and then waits for what runs. Idempotent.
  void Stop();

 private:
  struct Waiting {
    Claim claim;
    Task run;
    Task drop;
    base::Moment since;
  };
  using Queue = std::list<Waiting>;

  void Run();
  // All under mutex_:
  uint32_t RankIn(const Queue& queue, const Claim& claim) const;
  void TakeLate(Queue& dropped);
  std::size_t NextLane() const;  // kLanes: none may have a turn
  Queue TakeNext(std::size_t lane);

  const base::SteadyClock& clock_;
  const std::array<std::size_t, kLanes> queue_limits_;
  const std::size_t most_strangers_;  // at work at once
  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_:
  std::array<Queue, kLanes> lanes_;  // in the order in which they came
  std::size_t last_lane_ = kLanes - 1;
  std::size_t strangers_at_work_ = 0;
  bool closed_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace wardkeep::pipeline
