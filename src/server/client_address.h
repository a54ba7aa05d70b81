// The address a request really comes from. Behind a proxy the peer of the connection is the proxy; its
// X-Forwarded-For is believed only when the proxy is in a trusted block, because policies decide on
// aws:SourceIp.
//
// Thread-safety: immutable after construction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "policy/condition/ip_block.h"

namespace wardkeep::server {

class ClientAddress {
 public:
  // Blocks that are not addresses or CIDR blocks are ignored; the configuration has refused them already.
  explicit ClientAddress(const std::vector<std::string>& trusted_blocks);

  // The peer, or, walking X-Forwarded-For from the right while the hop is trusted, the first address that is
  // not. A hop that is no address ends the walk at the last good one.
  std::string Find(const base::HttpRequest& request) const;

 private:
  bool IsTrusted(std::string_view address) const;

  std::vector<policy::IpBlock> trusted_;
};

}  // namespace wardkeep::server
