#include "pipeline/source_networks.h"

#include <span>

#include "base/hex.h"
#include "policy/condition/ip_block.h"

namespace wardkeep::pipeline {

SourceNetworks NetworksOf(std::string_view address) {
  // An IPv6 address may name the interface it belongs to.
  const auto parsed = policy::ParseIpAddress(address.substr(0, address.find('%')));
  if (!parsed) {
    const std::string text(address);
    return {text, text, text};
  }
  const auto prefix = [&](std::size_t bytes) {
    return (parsed->is_v6 ? "6:" : "4:") + base::HexEncode(std::span(parsed->bytes).first(bytes));
  };
  return parsed->is_v6 ? SourceNetworks{prefix(8), prefix(6), prefix(4)}
                       : SourceNetworks{prefix(4), prefix(3), prefix(2)};
}

}  // namespace wardkeep::pipeline
