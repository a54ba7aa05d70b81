#include "policy/condition/ip_block.h"

#include <arpa/inet.h>

#include <algorithm>

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

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Digits up to `most`, any number of leading zeros.
std::optional<unsigned> ParseNumber(std::string_view text, unsigned most) {
  if (text.empty()) return std::nullopt;
  unsigned number = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    number = number * 10 + static_cast<unsigned>(c - '0');
    if (number > most) return std::nullopt;
  }
  return number;
}

std::optional<IpAddress> ParseV4(std::string_view text) {
  IpAddress address;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return std::nullopt;
    const std::optional<unsigned> number = ParseNumber(text.substr(0, dot), 255);
    if (!number) return std::nullopt;
    address.bytes[i] = static_cast<uint8_t>(*number);
    if (i < 3) text.remove_prefix(dot + 1);
  }
  return address;
}

std::optional<IpAddress> ParseV6(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated = {};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  IpAddress address;
  address.is_v6 = true;
  if (inet_pton(AF_INET6, terminated.data(), address.bytes.data()) != 1) return std::nullopt;
  return address;
}

bool IsV6Text(std::string_view text) {
  return text.find(':') != std::string_view::npos;
}

// Of a block: no dotted end, and one colon too many is taken off.
std::optional<IpAddress> ParseV6Network(std::string_view text) {
  constexpr std::size_t kLongest = INET6_ADDRSTRLEN + 1;
  if (text.size() > kLongest || text.find('.') != std::string_view::npos) return std::nullopt;
  std::array<char, kLongest> kept;
  std::size_t size = 0;
  const std::size_t gap = text.find(":::");
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != gap) kept[size++] = text[i];
  }
  if (gap == std::string_view::npos && size >= 2 && kept[size - 1] == ':' && kept[size - 2] != ':') --size;
  return ParseV6({kept.data(), size});
}

std::optional<unsigned> ParsePrefix(std::string_view text, unsigned most) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return ParseNumber(text, most);
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
  if (!IsV6Text(text)) return ParseV4(text);
  const std::optional<IpAddress> address = ParseV6(text);
  return address && IsMapped(*address) ? Unmap(*address) : address;
}

std::optional<IpBlock> ParseIpBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view network = text.substr(0, slash);
  const std::optional<IpAddress> address = IsV6Text(network) ? ParseV6Network(network) : ParseV4(network);
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
  if (address->is_v6 && block.address.bytes != address->bytes) return std::nullopt;
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
