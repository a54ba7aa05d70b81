#include "log/buffered_sink.h"

#include <utility>

namespace wardkeep::log {

BufferedSink::BufferedSink(std::unique_ptr<Sink> next, std::chrono::milliseconds delay, std::size_t capacity)
    : next_(std::move(next)), delay_(delay), capacity_(capacity), thread_([this] { Run(); }) {}

BufferedSink::~BufferedSink() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void BufferedSink::Write(std::string_view line) {
  std::unique_lock lock(mutex_);
  space_.wait(lock, [this] { return !is_full(); });
  const bool was_empty = waiting_.empty();
  waiting_ += line;
  const bool wake = was_empty || is_full();
  lock.unlock();
  if (wake) work_.notify_one();
}

void BufferedSink::Run() {
  std::string lines;
  std::unique_lock lock(mutex_);
  while (true) {
    work_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    work_.wait_for(lock, delay_, [this] { return stopping_ || is_full(); });
    std::swap(lines, waiting_);
    lock.unlock();
    space_.notify_all();
    next_->Write(lines);
    lines.clear();
    lock.lock();
  }
}

}  // namespace wardkeep::log
