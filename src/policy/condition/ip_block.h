// Addresses and address blocks of IpAddress and NotIpAddress (policy-semantics 3.4): IPv4 `a.b.c.d[/n]` and
// IPv6 of RFC 4291 with `[/n]`. Host bits are masked off; without a prefix a block is one address. An IPv4
// address of a request written as ::ffff:a.b.c.d is the IPv4 address. The two families never contain each
// other's addresses.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wardkeep::policy {

struct IpAddress {
  bool is_v6 = false;
  std::array<uint8_t, 16> bytes = {};  // the first four for IPv4
};

struct IpBlock {
  IpAddress address;  // host bits are zero
  unsigned prefix = 0;
};

std::optional<IpAddress> ParseIpAddress(std::string_view text);
std::optional<IpBlock> ParseIpBlock(std::string_view text);
bool Contains(const IpBlock& block, const IpAddress& address);

}  // namespace wardkeep::policy
