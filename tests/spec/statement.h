// Does a statement apply to a request? (policy-semantics 2, 4.9)
#pragma once

#include <set>
#include <string>
#include <vector>

#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy::spec {

// The kinds of principal entry that match a caller (policy-semantics 2.3); which one matched decides what
// limits the grant (4.4).
enum class Grant { kStar, kAccount, kUser, kRole, kSession, kFederatedUser, kService, kProvider };
using Grants = std::set<Grant>;

struct Application {
  bool applies = false;
  Grants grants;                          // through which entries of Principal
  std::vector<std::string> missing_keys;  // see Explanation
};

// `bounded`: the caller has a permissions boundary.
Application Apply(const Statement& statement, const Document& document, const Request& request, bool bounded);

}  // namespace wardkeep::policy::spec
