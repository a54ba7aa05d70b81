// Principals of trust policies: ARNs of users and roles become unique ids when stored, and are shown as ARNs
// again while the entity lives (policy-semantics 1.4).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "entity/role.h"
#include "snapshot/account_state.h"
#include "wardkeep/parse.h"

namespace wardkeep::snapshot {

// Finds the state of any account; null for an unknown one.
using FindAccount = std::function<AccountStatePtr(const base::AccountId&)>;

struct ResolvedTrust {
  std::string text;  // to store; only principal strings differ from the document given
  std::vector<std::pair<std::string, std::string>> principals;  // unique id -> account id, for entity::Role
};

// Fails with MalformedPolicyDocument `Invalid principal in policy: "AWS":"..."` for a user, role or account
// that does not exist, and for a raw id that is not that of a living entity of `home`. The document has
// passed ParseDocument.
base::Result<ResolvedTrust, policy::DocumentError> ResolvePrincipals(std::string_view document,
                                                                     const AccountState& home,
                                                                     const FindAccount& find);

// The text to show: ids whose entity lives become its present ARN, others stay.
std::string ShowPrincipals(const entity::Role& role, const AccountState& home, const FindAccount& find);

}  // namespace wardkeep::snapshot
