#include "policy/condition/ip_block.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace wardkeep::policy {
namespace {

constexpr std::array<uint8_t, 12> kMappedStart = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool IsMapped(const IpAddress& address) {
  return address.is_v6 && std::equal(kMappedStart.begin(), kMappedStart.end(), address.bytes.begin());
}

IpAddress Unmap(const IpAddress& address) {
  IpAddress plain;
  std::copy(address.bytes.begin() + 12, address.bytes.end(), plain.bytes.begin());
  return plain;
}

std::optional<IpAddress> ParseAsWritten(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated = {};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  IpAddress address;
  address.is_v6 = text.find(':') != std::string_view::npos;
  if (inet_pton(address.is_v6 ? AF_INET6 : AF_INET, terminated.data(), address.bytes.data()) != 1) {
    return std::nullopt;
  }
  return address;
}

std::optional<unsigned> ParsePrefix(std::string_view text, unsigned most) {
  unsigned prefix = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, prefix);
  if (text.size() > 3 || error != std::errc() || stop != end || prefix > most) return std::nullopt;
  return prefix;
}

// The bits of byte `i` that belong to the network.
uint8_t NetworkBits(unsigned prefix, std::size_t i) {
  const unsigned before = static_cast<unsigned>(i) * 8;
  if (prefix >= before + 8) return 0xFF;
  if (prefix <= before) return 0;
  return static_cast<uint8_t>(0xFF00U >> (prefix - before));
}

}  // namespace

std::optional<IpAddress> ParseIpAddress(std::string_view text) {
  std::optional<IpAddress> address = ParseAsWritten(text);
  if (address && IsMapped(*address)) return Unmap(*address);
  return address;
}

std::optional<IpBlock> ParseIpBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> address = ParseAsWritten(text.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned most = address->is_v6 ? 128 : 32;
  IpBlock block{*address, most};
  if (slash != std::string_view::npos) {
    const std::optional<unsigned> prefix = ParsePrefix(text.substr(slash + 1), most);
    if (!prefix) return std::nullopt;
    block.prefix = *prefix;
  }

  for (std::size_t i = 0; i < block.address.bytes.size(); ++i)
    block.address.bytes[i] &= NetworkBits(block.prefix, i);
  return block;
}

bool Contains(const IpBlock& block, const IpAddress& address) {
  if (block.address.is_v6 != address.is_v6) return false;
  for (std::size_t i = 0; i < address.bytes.size(); ++i) {
    if ((address.bytes[i] & NetworkBits(block.prefix, i)) != block.address.bytes[i]) return false;
  }
  return true;
}

}  // namespace wardkeep::policy
