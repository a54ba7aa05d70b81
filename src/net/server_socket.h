// Sockets that listen: TCP on a numeric address, or a UNIX-domain socket only its owner can open.
#pragma once

#include <cstdint>
#include <string>

#include "base/descriptor.h"
#include "base/result.h"

namespace wardkeep::net {

// `address` is a numeric IPv4 or IPv6 address, IPv6 optionally in brackets; port 0 takes a free one.
base::Result<base::Descriptor> ListenTcp(const std::string& address, uint16_t port);

// Mode 0600 from the first moment. A socket file nobody serves any more is replaced; a served one, or any
// other file at `path`, is an error (already_exists) and stays untouched.
base::Result<base::Descriptor> ListenUnix(const std::string& path);

// The port a TCP socket is bound to; 0 for others.
uint16_t BoundPort(const base::Descriptor& socket);

// The peer's numeric address without port; "unix" for a UNIX-domain socket, empty when it is gone already.
std::string PeerAddress(const base::Descriptor& socket);

// True for 127.0.0.0/8, ::1 and their IPv4-mapped forms.
bool IsLoopback(const std::string& address);

}  // namespace wardkeep::net
