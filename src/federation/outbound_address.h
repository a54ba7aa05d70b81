// Which addresses this server connects to on behalf of a caller. A caller chooses the host name of an identity
// provider and the server asks it, so without a rule any caller could reach what only the server can: its own
// ports, its network, the metadata service of its cloud. Only addresses of the public internet are asked,
// and blocks that the operator allowed.
//
// The table is that of the special-purpose registries (RFC 6890 and what IANA lists since), with multicast,
// and of IPv6 everything that is not global unicast or that carries an IPv4 address inside.
//
// Thread-safety: immutable after construction.
#pragma once

#include <string>
#include <vector>

#include "policy/condition/ip_block.h"

struct sockaddr;

namespace wardkeep::federation {

class OutboundAddresses {
 public:
  // Addresses and CIDR blocks; what is neither is ignored, the configuration has refused it already.
  explicit OutboundAddresses(const std::vector<std::string>& allowed_blocks);

  bool IsAllowed(const policy::IpAddress& address) const;
  // False for families other than IPv4 and IPv6.
  bool IsAllowed(const sockaddr& address) const;
  // For hosts given as numbers: true for the usual form of an address within the operator's blocks. A name
  // is looked up and judged by the address; so this is true for it.
  bool MayAsk(std::string_view host) const;

 private:
  std::vector<policy::IpBlock> allowed_;
};

}  // namespace wardkeep::federation
