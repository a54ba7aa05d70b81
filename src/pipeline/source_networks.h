// The networks that an address of a client belongs to, as far as throttles tell them apart: whoever has one
// address of a network may well have all of it. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace wardkeep::pipeline {

// Texts that are equal for equal networks, and say their family. An IPv4 address written as an IPv6 one is
// the IPv4 address. What is no address (a UNIX socket has none) is a network of its own at every width.
struct SourceNetworks {
  std::string address;  // the IPv4 address, or the /64 of an IPv6 one: what a single client has
  std::string near;     // /24 or /48: what a single customer can have
  std::string wide;     // /16 or /32: what a single provider can have
};

SourceNetworks NetworksOf(std::string_view address);

}  // namespace wardkeep::pipeline
