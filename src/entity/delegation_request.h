// A delegation request: somebody, usually of another account, asks for temporary access that a policy
// describes. It lives in the account that is to decide. Its states and their times are in
// service/iam/delegation_state.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"

namespace wardkeep::entity {

// The numbers are stored.
enum class DelegationState : uint8_t {
  kUnassigned = 1,
  kAssigned = 2,
  kPendingApproval = 3,
  kAccepted = 4,
  kFinalized = 5,
  kRejected = 6,
};

struct PolicyParameter {
  std::string name;
  bool is_list = false;
  std::vector<std::string> values;
};

// Somebody who acted on a request, as of then.
struct DelegationActor {
  std::string arn;           // empty: nobody yet
  std::string principal_id;  // aws:userid: another user of the same name is somebody else
};

struct DelegationRequest {
  std::string id;                    // UUID
  bool names_owner_account = false;  // the requestor did, or somebody has been associated
  base::AccountId requestor;
  std::string requestor_name;
  std::string description;
  std::string message;
  std::string workflow_id;
  std::string notification_channel;
  std::string redirect_url;
  std::string template_arn;
  std::vector<PolicyParameter> parameters;
  std::string policy;            // the template with its parameters filled in
  int32_t session_duration = 0;  // seconds
  bool only_send_by_owner = false;
  DelegationState state = DelegationState::kUnassigned;
  DelegationActor owner;
  DelegationActor approver;
  std::string notes;
  std::string rejection_reason;
  base::Instant create_date;
  base::Instant update_date;
  base::Instant expiration;  // of the present state
};

}  // namespace wardkeep::entity
