// The executable specification of the policy language: slow, obvious, written from policy-semantics alone. It
// shares nothing with the evaluator but the parsed documents, the request and the form of the answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wardkeep/decision.h"
#include "wardkeep/document.h"
#include "wardkeep/request.h"

namespace wardkeep::policy::spec {

using Layer = std::vector<const Document*>;

// The documents that bear on a request; members as in PolicySet.
struct Documents {
  Layer identity;
  std::optional<Layer> permissions_boundary, session, endpoint;
  const Document* resource = nullptr;
  std::optional<std::vector<Layer>> service_control, resource_control;
};

struct Answer {
  Decision decision;
  Explanation explanation;
};

Answer Decide(const Request& request, const Documents& documents);

}  // namespace wardkeep::policy::spec
