// Addresses and address blocks of IpAddress and NotIpAddress (policy-semantics 1.8, 3.4). Pure functions,
// linear in the text, allocate nothing.
//
// IPv4 is four decimal numbers, leading zeros allowed; IPv6 is that of RFC 4291. Without a prefix a block is
// one address; a prefix may have leading zeros and a plus sign. Of a block, the host bits of IPv4 are masked
// off, an IPv6 block that has some cannot be read, and neither can one with a dotted end; `a:::b` is taken as
// `a::b` and one colon too many at the end is overlooked, as AWS does. An address of a request may have a
// dotted end, and one within
// ::ffff:0:0/96 is the IPv4 address. The two families never contain each other's addresses.
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
