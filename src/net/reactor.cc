#include "net/reactor.h"

#include <pthread.h>
#include <signal.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/time_text.h"

namespace wardkeep::net {

// The periodic timer; as long as it is armed, the loop runs.
class Reactor::Sweep {
 public:
  Sweep(Reactor& reactor, std::chrono::milliseconds tick)
      : reactor_(reactor), tick_(tick), timer_(reactor.context()) {}

  void Arm() {
    timer_.expires_after(tick_);
    timer_.async_wait([this](const boost::system::error_code& failed) {
      if (failed) return;
      reactor_.CutOverdue();
      Arm();
    });
  }
  void Disarm() { timer_.cancel(); }

 private:
  Reactor& reactor_;
  const std::chrono::milliseconds tick_;
  boost::asio::steady_timer timer_;
};

Reactor::Reactor(const base::Clock& clock, std::chrono::milliseconds tick)
    : clock_(clock),
      context_(std::make_unique<boost::asio::io_context>(1)),
      mailbox_(std::make_shared<Mailbox>(*context_)),
      sweep_(std::make_unique<Sweep>(*this, tick)) {}

Reactor::~Reactor() {
  Stop();
  Destroy();
}

void Reactor::Start() {
  ended_ = false;
  sweep_->Arm();
  // Signals belong to the main thread.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { Run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Reactor::Run() {
  context_->run();
  const std::lock_guard lock(mutex_);
  ended_ = true;
  ended_changed_.notify_all();
}

void Reactor::Drain() {
  boost::asio::post(*context_, [this] {
    draining_ = true;
    for (Connection* connection : connections_) {
      if (connection->is_idle) connection->Cut();
    }
    EndIfDrained();
  });
}

bool Reactor::WaitUntil(SteadyTime deadline) {
  std::unique_lock lock(mutex_);
  return ended_changed_.wait_until(lock, deadline, [this] { return ended_; });
}

void Reactor::Stop() {
  if (context_) context_->stop();
  if (thread_.joinable()) thread_.join();
}

void Reactor::Destroy() {
  if (!context_) return;
  mailbox_->Close();
  // Connections that wait for an answer are held by their slot, not by the context: let those go first.
  for (auto next = connections_.begin(); next != connections_.end();) (*next++)->Abandon();
  sweep_.reset();
  context_.reset();
}

void Reactor::Add(Connection& connection) {
  connection.place = connections_.insert(connections_.end(), &connection);
}

void Reactor::Remove(Connection& connection) {
  connections_.erase(connection.place);
  EndIfDrained();
}

void Reactor::EndIfDrained() {
  if (draining_ && connections_.empty() && sweep_) sweep_->Disarm();
}

void Reactor::CutOverdue() {
  const SteadyTime now = std::chrono::steady_clock::now();
  for (Connection* connection : connections_) {
    if (connection->deadline > now) continue;
    connection->deadline = SteadyTime::max();
    connection->Cut();
  }
}

std::string_view Reactor::HttpDate() {
  const base::Instant now = clock_.Now();
  if (const int64_t second = base::ToUnixSeconds(now); second != date_second_) {
    date_second_ = second;
    date_ = base::FormatHttpDate(now);
  }
  return date_;
}

}  // namespace wardkeep::net
