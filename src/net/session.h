// The life of one accepted connection: TLS handshake if asked for, then request after request in order.
#pragma once

#include <string>

#include "base/descriptor.h"
#include "net/reactor.h"
#include "net/serving.h"

namespace wardkeep::net {

enum class Admission {
  kServe,
  kRefuse,  // over the connection limit: say so and close
};

// Takes over the socket. Call on the reactor's thread. The session counts itself in
// serving.counters.connections from the accept on (the caller has already added it) until it is destroyed.
void StartSession(Serving& serving, Reactor& reactor, base::Descriptor descriptor, std::string peer_address,
                  AddressShares::Ticket address, Admission admission);

}  // namespace wardkeep::net
