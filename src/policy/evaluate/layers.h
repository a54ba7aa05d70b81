// What each kind of policy says about a request, before anybody combines it: allow, deny, or nothing, with
// the statement that says so (policy-semantics 4.1). Layers are asked in the order in which a denial is
// reported: service control, resource control, endpoint, resource, identity, boundary, session.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "policy/evaluate/request_facts.h"
#include "policy/match/principal_match.h"
#include "wardkeep/decision.h"

namespace wardkeep::policy {

struct Votes {
  // The first statement that denies, in the order above.
  std::optional<StatementRef> deny;

  // For layers that do not apply these are true: they limit nothing.
  bool service_control_allows = true;
  bool resource_control_allows = true;
  bool endpoint_allows = true;
  bool boundary_allows = true;
  bool session_allows = true;

  bool has_session = false;
  std::optional<StatementRef> identity_allow;
  // In which ways the resource policy's Allow statements name the caller, and the number of the first
  // statement for each way.
  MatchKinds resource_kinds;
  std::array<uint32_t, kMatchKindCount> resource_allow = {};
};

// Asks every layer that applies to the caller. Without an explanation it stops at the first explicit deny,
// and the other members are then incomplete.
Votes CollectVotes(const RequestFacts& facts, const PolicySet& policies, Explanation* explanation);

}  // namespace wardkeep::policy
