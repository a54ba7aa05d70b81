#include "server/hygiene_timer.h"

namespace wardkeep::server {

HygieneTimer::HygieneTimer(const hygiene::Sweep& sweep, std::chrono::milliseconds interval)
    : sweep_(sweep), thread_([this, interval] { Run(interval); }) {}

HygieneTimer::~HygieneTimer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void HygieneTimer::Run(std::chrono::milliseconds interval) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    sweep_.Run();
    lock.lock();
    wake_.wait_for(lock, interval, [this] { return stopping_; });
  }
}

}  // namespace wardkeep::server
