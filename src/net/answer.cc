#include "net/answer.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace wardkeep::net {
namespace {

// The right to answer one request, used at most once.
class Ticket {
 public:
  explicit Ticket(std::shared_ptr<AnswerSlot> slot) : slot_(std::move(slot)) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() { Use({.status = 500, .headers = {}, .body = {}}); }

  void Use(base::HttpResponse response) {
    if (!used_.exchange(true)) slot_->Fill(std::move(response));
  }

 private:
  std::atomic<bool> used_{false};
  const std::shared_ptr<AnswerSlot> slot_;
};

}  // namespace

void Mailbox::Post(std::shared_ptr<AnswerSlot> slot) {
  const std::lock_guard lock(mutex_);
  if (context_ == nullptr) return;
  boost::asio::post(*context_, [slot = std::move(slot)] { slot->Resume(); });
}

void Mailbox::Close() {
  const std::lock_guard lock(mutex_);
  context_ = nullptr;
}

void AnswerSlot::Wait(std::unique_ptr<Waiter> waiter) {
  waiter_ = std::move(waiter);
  State expected = State::kPending;
  if (!state_.compare_exchange_strong(expected, State::kWaiting)) mailbox_->Post(shared_from_this());
}

void AnswerSlot::Resume() {
  if (const auto waiter = std::move(waiter_)) waiter->Resume();
}

void AnswerSlot::Fill(base::HttpResponse response) {
  response_ = std::move(response);
  if (state_.exchange(State::kAnswered) == State::kWaiting) mailbox_->Post(shared_from_this());
}

base::Responder MakeResponder(std::shared_ptr<AnswerSlot> slot) {
  return [ticket = std::make_shared<Ticket>(std::move(slot))](base::HttpResponse response) {
    ticket->Use(std::move(response));
  };
}

}  // namespace wardkeep::net
