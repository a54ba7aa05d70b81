#include "pipeline/signin_throttle.h"

#include <algorithm>

#include "base/ascii.h"

namespace wardkeep::pipeline {
namespace {

using std::chrono::seconds;

constexpr std::chrono::hours kWanted{1};
constexpr std::size_t kMostPlaces = 64;

// Neither part can hold a line feed as a name that exists; one that does not must still be no other.
std::string TargetOf(std::string_view account, std::string_view user) {
  return std::to_string(account.size()) + ":" + base::AsciiLower(account) + "\n" + base::AsciiLower(user);
}

seconds InSeconds(std::chrono::microseconds wait) {
  return std::chrono::ceil<seconds>(wait);
}

}  // namespace

SigninThrottle::Ticket SigninThrottle::Begin(const Attempt& attempt) {
  using Budget = TargetThrottle::Budget;
  const base::Moment now = clock_.Now();
  Ticket ticket;
  ticket.known = !attempt.place.empty();
  const std::lock_guard lock(mutex_);
  if (ticket.known) {
    ticket.owner = attempt.owner;
    ticket.place = attempt.place;
    Places& places = owners_.At(ticket.owner);
    // Sessions of the root user come and go.
    if (places.size() >= kMostPlaces) {
      std::erase_if(places, [&](const auto& one) { return one.second.count(kPlacePace, now) == 0; });
    }
    Failures& failures = places[ticket.place];
    ticket.wait = InSeconds(failures.WaitFor(kPlacePace, now));
    if (ticket.wait == seconds(0)) failures.Add(kPlacePace, now);
    owners_.Keep(ticket.owner, now + kWanted, places.size());
    return ticket;
  }
  ticket.taken.target = TargetOf(attempt.account, attempt.user);
  ticket.taken.from = NetworksOf(attempt.address);
  ticket.taken.budget = attempt.is_signed ? Budget::kSigned : Budget::kStranger;
  ticket.taken.tier = targets_.TierOf(ticket.taken.target, ticket.taken.from, now);
  ticket.rank = addresses_.RankOf(ticket.taken.from, now);
  const auto wait = std::max(targets_.WaitFor(ticket.taken, now), addresses_.WaitFor(ticket.taken.from, now));
  ticket.wait = InSeconds(wait);
  if (ticket.wait > seconds(0)) return ticket;
  targets_.Take(ticket.taken, now);
  addresses_.Take(ticket.taken.from, now);
  return ticket;
}

seconds SigninThrottle::BeginCode(Ticket& ticket) {
  if (ticket.known || ticket.took_code) return seconds(0);
  const base::Moment now = clock_.Now();
  TargetThrottle::Taken code = ticket.taken;
  code.budget = TargetThrottle::Budget::kCode;
  const std::lock_guard lock(mutex_);
  const seconds wait = InSeconds(targets_.WaitForBudget(code, now));
  if (wait > seconds(0)) return wait;
  targets_.TakeBudget(code, now);
  ticket.took_code = true;
  return wait;
}

void SigninThrottle::Succeeded(const Ticket& ticket) {
  Refund(ticket);
  const std::lock_guard lock(mutex_);
  if (!ticket.known) return targets_.ForgetAddress(ticket.taken);
  if (Places* places = owners_.Find(ticket.owner)) places->erase(ticket.place);
}

void SigninThrottle::Refund(const Ticket& ticket) {
  const std::lock_guard lock(mutex_);
  if (ticket.known) {
    Places* places = owners_.Find(ticket.owner);
    if (places == nullptr) return;
    const auto found = places->find(ticket.place);
    if (found != places->end()) found->second.GiveBack(kPlacePace);
    return;
  }
  targets_.GiveBack(ticket.taken);
  addresses_.GiveBack(ticket.taken.from);
  if (!ticket.took_code) return;
  TargetThrottle::Taken code = ticket.taken;
  code.budget = TargetThrottle::Budget::kCode;
  targets_.GiveBackBudget(code);
}

void SigninThrottle::Forget(std::string_view account, std::string_view user, std::string_view owner) {
  const std::lock_guard lock(mutex_);
  targets_.Forget(TargetOf(account, user));
  owners_.Erase(std::string(owner));
}

std::size_t SigninThrottle::entries() const {
  const std::lock_guard lock(mutex_);
  return targets_.entries() + addresses_.entries() + owners_.weight();
}

}  // namespace wardkeep::pipeline
