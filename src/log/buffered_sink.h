// BufferedSink: gathers lines and hands them to another sink on a thread of its own, so that the network
// threads do not wait for the file. A line is passed on within `delay`; a process that is killed loses at
// most that. What must survive a kill (the audit trail, stored state) does not come this way.
//
// Thread-safety: Write from any thread. When more than `capacity` bytes wait, writers wait too. Ownership:
// owns the next sink; the destructor passes on what is left.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "log/log.h"

namespace wardkeep::log {

class BufferedSink final : public Sink {
 public:
  static constexpr std::chrono::milliseconds kDelay{20};
  static constexpr std::size_t kCapacity = 1 << 20;

  explicit BufferedSink(std::unique_ptr<Sink> next, std::chrono::milliseconds delay = kDelay,
                        std::size_t capacity = kCapacity);
  BufferedSink(const BufferedSink&) = delete;
  BufferedSink& operator=(const BufferedSink&) = delete;
  ~BufferedSink() override;

  void Write(std::string_view line) override;

 private:
  void Run();
  bool is_full() const { return waiting_.size() >= capacity_; }

  const std::unique_ptr<Sink> next_;
  const std::chrono::milliseconds delay_;
  const std::size_t capacity_;

  std::mutex mutex_;
  std::condition_variable work_;   // lines wait, or the buffer is full, or the end has come
  std::condition_variable space_;  // the buffer was emptied
  std::string waiting_;            // guarded by mutex_
  bool stopping_ = false;          // guarded by mutex_

  std::thread thread_;  // last: it uses everything above
};

}  // namespace wardkeep::log
