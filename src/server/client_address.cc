#include "server/client_address.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/trim.h"

namespace wardkeep::server {
namespace {

// All X-Forwarded-For fields in order, as one list.
std::string ForwardedHops(const base::HttpRequest& request) {
  std::string hops;
  for (const auto& [name, value] : request.headers) {
    if (!base::EqualsIgnoreAsciiCase(name, "x-forwarded-for")) continue;
    if (!hops.empty()) hops += ',';
    hops += value;
  }
  return hops;
}

}  // namespace

ClientAddress::ClientAddress(const std::vector<std::string>& trusted_blocks) {
  for (const std::string& text : trusted_blocks) {
    if (const auto block = policy::ParseIpBlock(text)) trusted_.push_back(*block);
  }
}

bool ClientAddress::IsTrusted(std::string_view address) const {
  const auto parsed = policy::ParseIpAddress(address);
  return parsed && std::any_of(trusted_.begin(), trusted_.end(), [&](const policy::IpBlock& block) {
           return policy::Contains(block, *parsed);
         });
}

std::string ClientAddress::Find(const base::HttpRequest& request) const {
  std::string address = request.peer_address;
  if (trusted_.empty() || !IsTrusted(address)) return address;
  const std::string hops = ForwardedHops(request);
  std::string_view rest = hops;
  while (!rest.empty() && IsTrusted(address)) {
    const std::size_t comma = rest.rfind(',');
    const std::string_view hop = base::Trim(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    if (!policy::ParseIpAddress(hop)) break;
    address = hop;
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
  }
  return address;
}

}  // namespace wardkeep::server
