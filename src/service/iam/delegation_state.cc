#include "service/iam/delegation_state.h"

#include <array>
#include <chrono>

#include "api/iam/errors.h"

namespace wardkeep::service::iam {
namespace {

using entity::DelegationState;
using std::chrono::days;

struct StateRow {
  DelegationState state;
  std::string_view name;
  days lasts;
  unsigned from;  // set of the states that lead here, one bit each
};

constexpr unsigned Bit(DelegationState state) {
  return 1U << static_cast<unsigned>(state);
}

constexpr unsigned kOpen = Bit(DelegationState::kAssigned) | Bit(DelegationState::kPendingApproval);

constexpr std::array<StateRow, 6> kStates = {{
    {DelegationState::kUnassigned, "UNASSIGNED", days(1), 0},
    {DelegationState::kAssigned, "ASSIGNED", days(7), Bit(DelegationState::kUnassigned)},
    {DelegationState::kPendingApproval, "PENDING_APPROVAL", days(7), kOpen},
    {DelegationState::kAccepted, "ACCEPTED", days(7), kOpen},
    {DelegationState::kFinalized, "FINALIZED", days(7), Bit(DelegationState::kAccepted)},
    {DelegationState::kRejected, "REJECTED", days(7),
     kOpen | Bit(DelegationState::kAccepted) | Bit(DelegationState::kFinalized)},
}};
constexpr days kRemembered(7);  // after the end of the last state

const StateRow& RowOf(DelegationState state) {
  return kStates[static_cast<std::size_t>(state) - 1];
}

}  // namespace

bool IsExpired(const entity::DelegationRequest& request, base::Instant now) {
  return now >= request.expiration;
}

bool IsForgotten(const entity::DelegationRequest& request, base::Instant now) {
  return now >= request.expiration + kRemembered;
}

std::string_view StateName(const entity::DelegationRequest& request, base::Instant now) {
  return IsExpired(request, now) ? "EXPIRED" : RowOf(request.state).name;
}

ApiResult<void> MoveTo(entity::DelegationRequest& request, DelegationState next, base::Instant now) {
  const StateRow& row = RowOf(next);
  if (IsExpired(request, now) || (row.from & Bit(request.state)) == 0) {
    return api::iam::InvalidInput("The delegation request " + request.id + " is in state " +
                                  std::string(StateName(request, now)) + " and cannot become " +
                                  std::string(row.name) + ".");
  }
  request.state = next;
  request.update_date = now;
  request.expiration = now + row.lasts;
  return {};
}

base::Instant FirstExpiration(base::Instant now) {
  return now + RowOf(DelegationState::kUnassigned).lasts;
}

ApiResult<const entity::DelegationRequest*> RequireDelegationRequest(const snapshot::AccountState& account,
                                                                     std::string_view id, base::Instant now) {
  const entity::DelegationRequest* found = account.FindDelegationRequest(id);
  if (found != nullptr && !IsForgotten(*found, now)) return found;
  return api::iam::NoSuchEntity("The delegation request with id " + std::string(id) + " cannot be found.");
}

}  // namespace wardkeep::service::iam
