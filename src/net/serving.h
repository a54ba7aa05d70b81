// What all connections of one listener share: its limits, its handler, its counters.
//
// Thread-safety: const members and atomics; used from all network threads. Ownership: the listener owns it
// and outlives every connection.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/http_message.h"
#include "log/log.h"
#include "net/address_shares.h"
#include "net/limits.h"

struct ssl_ctx_st;

namespace wardkeep::net {

struct ServingCounters {
  std::atomic<uint64_t> accepted{0};             // connections, ever
  std::atomic<uint64_t> connections{0};          // open now
  std::atomic<uint64_t> refused_connections{0};  // over a connection limit
  std::atomic<uint64_t> in_flight{0};            // requests inside the handler now
  std::atomic<uint64_t> shed_requests{0};        // over the in-flight or the memory limit
  std::atomic<uint64_t> broken_requests{0};      // refused by the reader
  std::atomic<uint64_t> cut_connections{0};      // ran out of time
  std::atomic<uint64_t> handler_exceptions{0};
  std::atomic<std::size_t> buffered_body_bytes{0};  // now
};

struct Serving {
  const Limits limits;
  base::HttpHandler& handler;
  const log::Logger& logger;
  const std::function<base::HttpResponse()> overload_response;
  const std::shared_ptr<ssl_ctx_st> tls;  // null for plain connections
  const bool is_local;                    // UNIX-domain socket

  AddressShares addresses;

  std::atomic<bool> draining{false};
  ServingCounters counters{};
};

}  // namespace wardkeep::net
