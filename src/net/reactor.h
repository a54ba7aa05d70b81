// One network thread: an event loop of its own, the connections that live on it and the sweep of their
// deadlines.
//
// Thread-safety: Start, Drain, WaitUntil, Stop and Destroy from the owner; Add, Remove and HttpDate from the
// loop itself; context() and mailbox() from anywhere. Ownership: the owner keeps it until Destroy() has
// returned; connections are owned by the loop.
#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/clock.h"
#include "net/answer.h"
#include "net/connection.h"

namespace wardkeep::net {

class Reactor {
 public:
  // `tick` is the precision of all deadlines.
  Reactor(const base::Clock& clock, std::chrono::milliseconds tick);
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;
  ~Reactor();

  void Start();
  // Closes idle connections; the thread ends when the last connection is gone.
  void Drain();
  // True when the thread has ended before `deadline`.
  bool WaitUntil(SteadyTime deadline);
  // Ends the thread now.
  void Stop();
  // After Stop() of every reactor: destroys the connections that are left, and the loop.
  void Destroy();

  void Add(Connection& connection);
  void Remove(Connection& connection);
  // The time in the form of a Date field, computed once a second.
  std::string_view HttpDate();

  boost::asio::io_context& context() { return *context_; }
  const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }

 private:
  class Sweep;

  void Run();
  void CutOverdue();
  void EndIfDrained();

  const base::Clock& clock_;
  // Members of the loop thread. The list outlives the context, whose destruction destroys connections.
  std::list<Connection*> connections_;
  bool draining_ = false;
  int64_t date_second_ = -1;
  std::string date_;

  std::unique_ptr<boost::asio::io_context> context_;
  std::shared_ptr<Mailbox> mailbox_;
  std::unique_ptr<Sweep> sweep_;

  std::mutex mutex_;
  std::condition_variable ended_changed_;
  bool ended_ = true;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace wardkeep::net
