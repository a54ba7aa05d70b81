// The way of a response back to its connection, from whatever thread the handler answers on.
//
// A connection owns one AnswerSlot and arms it for each request. MakeResponder() gives the handler a
// Responder for that one request; the first call (or the loss of the last copy, counted as a failure) fills
// the slot. If the connection is already waiting, the slot is posted through the Mailbox to the connection's
// own network thread.
//
// Thread-safety: Mailbox and the responder from any thread; the rest of AnswerSlot from the network thread
// only. Ownership: slot and mailbox are shared, so a late answer finds them alive even after the listener is
// gone.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "base/http_message.h"

namespace boost::asio {
class io_context;
}

namespace wardkeep::net {

class AnswerSlot;

// Posts to one network thread until it is closed; later posts are dropped.
class Mailbox {
 public:
  explicit Mailbox(boost::asio::io_context& context) : context_(&context) {}
  void Post(std::shared_ptr<AnswerSlot> slot);
  void Close();

 private:
  std::mutex mutex_;
  boost::asio::io_context* context_;  // null once closed; guarded by mutex_
};

class AnswerSlot : public std::enable_shared_from_this<AnswerSlot> {
 public:
  // A suspended connection.
  class Waiter {
   public:
    virtual ~Waiter() = default;
    virtual void Resume() = 0;
  };

  explicit AnswerSlot(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}

  void Arm() { state_.store(State::kPending, std::memory_order_relaxed); }
  bool is_answered() const { return state_.load(std::memory_order_acquire) == State::kAnswered; }
  // Resumes `waiter` on the network thread once the answer is there.
  void Wait(std::unique_ptr<Waiter> waiter);
  void Resume();
  // Destroys a suspended connection without resuming it.
  void Abandon() { const auto dropped = std::move(waiter_); }
  base::HttpResponse Take() { return std::move(response_); }

  // Any thread, once per Arm().
  void Fill(base::HttpResponse response);

 private:
  enum class State { kPending, kWaiting, kAnswered };

  const std::shared_ptr<Mailbox> mailbox_;
  std::atomic<State> state_{State::kPending};
  base::HttpResponse response_;     // written before, read after state_ becomes kAnswered
  std::unique_ptr<Waiter> waiter_;  // network thread only
};

// For the request `slot` was last armed for.
base::Responder MakeResponder(std::shared_ptr<AnswerSlot> slot);

}  // namespace wardkeep::net
