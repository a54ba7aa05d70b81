// What a listener grants to clients before it refuses them. Every bound of the network side is here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wardkeep::net {

struct Limits {
  // Request line and header fields together. Beyond: 400 with an empty body (wire-protocols.md section 2.1
  // puts AWS's bound near 15.8 KB).
  std::size_t header_bytes = 16 * 1024;
  // Beyond: 413 with an empty body, announced or not (wire-protocols.md section 2.1).
  std::size_t body_bytes = 10'000'000;
  // Memory of all request bodies at once, from their first byte to their answer. One address may hold a
  // quarter of it, and bodies larger than 64 KiB three quarters, which leaves room for everyday requests.
  // Beyond: the overload response, and the connection is closed.
  std::size_t buffered_body_bytes = 256 * 1024 * 1024;
  std::size_t connections = 10'000;  // beyond: answered with the overload response and closed
  // Of one client address, or one IPv6 network of 64 bits; trusted proxies are exempt. Beyond: closed.
  std::size_t connections_of_an_address = 1000;
  std::size_t requests_in_flight = 1024;  // beyond: the overload response instead of the handler

  std::chrono::milliseconds header_timeout{
      10'000};  // first byte (or connect) to end of head, absolute; TLS handshake too
  std::chrono::milliseconds body_timeout{60'000};   // end of head to end of body
  std::chrono::milliseconds idle_timeout{60'000};   // between two requests of a connection
  std::chrono::milliseconds write_timeout{30'000};  // one response
  std::chrono::milliseconds linger_timeout{2'000};  // reading on after a refusal, so that the client sees it
};

}  // namespace wardkeep::net
