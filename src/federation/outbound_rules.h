// What the operator says about calls to servers elsewhere. There is one network around the process, so there
// is one set of rules in it: the composition root gives it before the first request, and it does not change
// after that. Reading is thread-safe.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

namespace wardkeep::federation {

struct OutboundRules {
  // Address blocks that may be asked although they are not on the public internet.
  std::vector<std::string> private_blocks;
  std::stop_token stopping = {};  // requested when the server stops: calls end at once
};

void SetOutboundRules(OutboundRules rules);
const OutboundRules& CurrentOutboundRules();

}  // namespace wardkeep::federation
