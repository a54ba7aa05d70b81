// HygieneTimer: a thread that applies the hygiene rules at the start and then once per interval.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "hygiene/sweep.h"

namespace wardkeep::server {

class HygieneTimer {
 public:
  HygieneTimer(const hygiene::Sweep& sweep, std::chrono::milliseconds interval);
  ~HygieneTimer();  // waits for a pass that is under way
  HygieneTimer(const HygieneTimer&) = delete;
  HygieneTimer& operator=(const HygieneTimer&) = delete;

 private:
  void Run(std::chrono::milliseconds interval);

  const hygiene::Sweep& sweep_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace wardkeep::server
