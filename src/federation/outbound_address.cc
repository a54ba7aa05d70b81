#include "federation/outbound_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace wardkeep::federation {
namespace {

using policy::IpAddress;
using policy::IpBlock;

// Not of the public internet.
constexpr std::string_view kSpecial[] = {
    "0.0.0.0/8",        // this network
    "10.0.0.0/8",       // private
    "100.64.0.0/10",    // shared by carriers
    "127.0.0.0/8",      // loopback
    "169.254.0.0/16",   // link-local; metadata services
    "172.16.0.0/12",    // private
    "192.0.0.0/24",     // protocol assignments
    "192.0.2.0/24",     // documentation
    "192.88.99.0/24",   // 6to4 relays
    "192.168.0.0/16",   // private
    "198.18.0.0/15",    // benchmarks
    "198.51.100.0/24",  // documentation
    "203.0.113.0/24",   // documentation
    "224.0.0.0/4",      // multicast
    "240.0.0.0/4",      // reserved; broadcast
    "2001::/23",        // protocol assignments, Teredo among them
    "2001:db8::/32",    // documentation
    "2002::/16",        // 6to4
    "3fff::/20",        // documentation
};
constexpr std::string_view kGlobalUnicast = "2000::/3";

bool IsWithin(std::string_view block, const IpAddress& address) {
  return policy::Contains(*policy::ParseIpBlock(block), address);
}

// ::ffff:a.b.c.d is a.b.c.d.
IpAddress WithoutMapping(const IpAddress& address) {
  constexpr std::array<uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (!address.is_v6 || !std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin())) return address;
  IpAddress inner;
  std::copy_n(address.bytes.begin() + kMapped.size(), 4, inner.bytes.begin());
  return inner;
}

// Resolvers take more than four decimal numbers for an address: 2130706433, 0x7f.1, 0177.0.0.1. No public
// top-level domain begins with a digit.
bool IsNumeric(std::string_view host) {
  const auto last = host.substr(host.rfind('.') + 1);  // all of it without a dot
  return !last.empty() && last.front() >= '0' && last.front() <= '9';
}

}  // namespace

OutboundAddresses::OutboundAddresses(const std::vector<std::string>& allowed_blocks) {
  for (const std::string& text : allowed_blocks) {
    if (const auto block = policy::ParseIpBlock(text)) allowed_.push_back(*block);
  }
}

bool OutboundAddresses::IsAllowed(const IpAddress& given) const {
  const IpAddress address = WithoutMapping(given);
  if (std::ranges::any_of(allowed_, [&](const IpBlock& block) { return policy::Contains(block, address); })) {
    return true;
  }
  if (address.is_v6 && !IsWithin(kGlobalUnicast, address)) return false;
  return std::ranges::none_of(kSpecial, [&](std::string_view block) { return IsWithin(block, address); });
}

bool OutboundAddresses::IsAllowed(const sockaddr& address) const {
  IpAddress plain;
  if (address.sa_family == AF_INET) {
    std::memcpy(plain.bytes.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
    return IsAllowed(plain);
  }
  if (address.sa_family != AF_INET6) return false;
  plain.is_v6 = true;
  std::memcpy(plain.bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
  return IsAllowed(plain);
}

bool OutboundAddresses::MayAsk(std::string_view host) const {
  if (!IsNumeric(host)) return true;
  const auto address = policy::ParseIpAddress(host);
  return address && std::ranges::any_of(
                        allowed_, [&](const IpBlock& block) { return policy::Contains(block, *address); });
}

}  // namespace wardkeep::federation
