#include "federation/outbound_rules.h"

#include <utility>

namespace wardkeep::federation {
namespace {

OutboundRules& Stored() {
  static OutboundRules rules;
  return rules;
}

}  // namespace

void SetOutboundRules(OutboundRules rules) {
  Stored() = std::move(rules);
}

const OutboundRules& CurrentOutboundRules() {
  return Stored();
}

}  // namespace wardkeep::federation
