// The HTTP/1.1 server: listens on one address (TCP, TLS or UNIX-domain), reads requests within limits and
// hands them to a handler, which may answer from any thread.
//
//   ListenerOptions options;
//   options.port = 0;
//   WK_ASSIGN(auto listener, Listener::Start(std::move(options), handler, logger, clock));
//   ... listener->bound_port() ...
//   listener->Stop(std::chrono::seconds(10));
//
// Keep-alive, pipelining (answers in order), HTTP/1.0, HEAD, chunked bodies and `Expect: 100-continue` are
// the listener's business; so are Date, Server, Content-Length and Connection of each response.
//
// Thread-safety: Start, Stop and destruction from one thread; stats() and bound_port() from any. Ownership:
// handler, logger and clock outlive the listener. Responders may outlive it: a late answer goes nowhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http_message.h"
#include "base/result.h"
#include "log/log.h"
#include "net/limits.h"
#include "net/tls_context.h"

namespace wardkeep::net {

struct ListenerOptions {
  std::string address = "127.0.0.1";  // numeric; not used when unix_path is set
  uint16_t port = 0;                  // 0 takes a free port
  std::string unix_path;              // when set: a UNIX-domain socket of mode 0600 here
  std::optional<TlsFiles> tls;
  int threads = 0;  // 0: one per core
  Limits limits;
  // Addresses without a share, see net/address_shares.h; empty: none. Called on the first network thread.
  std::function<bool(std::string_view)> is_exempt_address;
  // What a request is told that finds the server full. Called on network threads. Default: 503 without body.
  std::function<base::HttpResponse()> overload_response;
};

// Totals since the start, except those marked `now`.
struct ListenerStats {
  uint64_t accepted = 0;
  uint64_t connections = 0;  // now
  uint64_t refused_connections = 0;
  uint64_t in_flight = 0;  // now
  uint64_t shed_requests = 0;
  uint64_t broken_requests = 0;
  uint64_t cut_connections = 0;
  uint64_t handler_exceptions = 0;
  uint64_t buffered_body_bytes = 0;  // now
};

class Listener {
 public:
  // A listener whose address is taken and whose certificate is read, but that serves nobody yet: whoever
  // connects waits. Dropped without Start, it leaves no socket file behind.
  class Bound {
   public:
    Bound(Bound&&) noexcept;
    Bound& operator=(Bound&&) = delete;
    ~Bound();

   private:
    friend class Listener;
    struct Parts;
    explicit Bound(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;  // null once started
  };

  // So that a start that cannot serve fails before it has changed anything.
  static base::Result<Bound> Bind(ListenerOptions options);
  // `overload_response` replaces that of the options unless it is empty.
  static std::unique_ptr<Listener> Start(Bound bound, base::HttpHandler& handler, const log::Logger& logger,
                                         const base::Clock& clock,
                                         std::function<base::HttpResponse()> overload_response = {});
  // Both in one step.
  static base::Result<std::unique_ptr<Listener>> Start(ListenerOptions options, base::HttpHandler& handler,
                                                       const log::Logger& logger, const base::Clock& clock);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  uint16_t bound_port() const;  // 0 for a UNIX-domain socket
  ListenerStats stats() const;

  // Accepts no more, closes idle connections, lets requests in flight finish (told to close) until `grace` is
  // over, then cuts what is left. Returns when all network threads have ended; a second call does nothing.
  void Stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardkeep::net
