#include "net/listener.h"

#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "net/acceptor.h"
#include "net/reactor.h"
#include "net/server_socket.h"
#include "net/serving.h"

namespace wardkeep::net {
namespace {

constexpr std::chrono::milliseconds kSlowestTick{250};
constexpr std::chrono::milliseconds kFastestTick{10};

// Deadlines are kept to a quarter of the shortest one.
std::chrono::milliseconds ChooseTick(const Limits& limits) {
  const auto shortest = std::min({limits.header_timeout, limits.body_timeout, limits.idle_timeout,
                                  limits.write_timeout, limits.linger_timeout});
  return std::clamp(shortest / 4, kFastestTick, kSlowestTick);
}

base::HttpResponse ServiceUnavailable() {
  return {.status = 503, .headers = {}, .body = {}};
}

std::size_t ThreadCount(int wanted) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return wanted > 0 ? static_cast<std::size_t>(wanted) : cores;
}

base::Result<base::Descriptor> OpenServerSocket(const ListenerOptions& options) {
  return options.unix_path.empty() ? ListenTcp(options.address, options.port) : ListenUnix(options.unix_path);
}

}  // namespace

class Listener::Impl {
 public:
  Impl(base::Descriptor socket, std::shared_ptr<ssl_ctx_st> tls, ListenerOptions options,
       base::HttpHandler& handler, const log::Logger& logger, const base::Clock& clock)
      : unix_path_(options.unix_path),
        port_(BoundPort(socket)),
        serving_{.limits = options.limits,
                 .handler = handler,
                 .logger = logger,
                 .overload_response =
                     options.overload_response ? std::move(options.overload_response) : ServiceUnavailable,
                 .tls = std::move(tls),
                 .is_local = !unix_path_.empty(),
                 .addresses = AddressShares(options.limits.connections_of_an_address,
                                            std::move(options.is_exempt_address))} {
    for (std::size_t i = 0; i < ThreadCount(options.threads); ++i) {
      reactors_.push_back(std::make_unique<Reactor>(clock, ChooseTick(options.limits)));
    }
    acceptor_ = std::make_unique<Acceptor>(std::move(socket), serving_, reactors_);
    acceptor_->Run();
    for (const auto& reactor : reactors_) reactor->Start();
  }
  ~Impl() { Stop(std::chrono::milliseconds(0)); }

  void Stop(std::chrono::milliseconds grace) {
    if (!acceptor_) return;
    const SteadyTime deadline = std::chrono::steady_clock::now() + grace;
    // The file goes first: whoever looks for the server from now on finds none.
    if (!unix_path_.empty()) ::unlink(unix_path_.c_str());
    serving_.draining = true;
    acceptor_->Close();
    for (const auto& reactor : reactors_) reactor->Drain();
    for (const auto& reactor : reactors_) reactor->WaitUntil(deadline);
    // All threads end before anything they share is destroyed.
    for (const auto& reactor : reactors_) reactor->Stop();
    acceptor_.reset();
    for (const auto& reactor : reactors_) reactor->Destroy();
  }

  uint16_t port() const { return port_; }

  ListenerStats stats() const {
    const ServingCounters& now = serving_.counters;
    return {.accepted = now.accepted,
            .connections = now.connections,
            .refused_connections = now.refused_connections,
            .in_flight = now.in_flight,
            .shed_requests = now.shed_requests,
            .broken_requests = now.broken_requests,
            .cut_connections = now.cut_connections,
            .handler_exceptions = now.handler_exceptions,
            .buffered_body_bytes = now.buffered_body_bytes};
  }

 private:
  const std::string unix_path_;
  const uint16_t port_;
  Serving serving_;
  std::vector<std::unique_ptr<Reactor>> reactors_;
  std::unique_ptr<Acceptor> acceptor_;  // null once stopped
};

struct Listener::Bound::Parts {
  ListenerOptions options;
  std::shared_ptr<ssl_ctx_st> tls;
  base::Descriptor socket;
};

Listener::Bound::Bound(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Listener::Bound::Bound(Bound&&) noexcept = default;
Listener::Bound::~Bound() {
  if (parts_ != nullptr && !parts_->options.unix_path.empty()) ::unlink(parts_->options.unix_path.c_str());
}

base::Result<Listener::Bound> Listener::Bind(ListenerOptions options) {
  std::shared_ptr<ssl_ctx_st> tls;
  if (options.tls) {
    WK_ASSIGN(tls, MakeTlsContext(*options.tls));
  }
  WK_ASSIGN(base::Descriptor socket, OpenServerSocket(options));
  return Bound(
      std::make_unique<Bound::Parts>(Bound::Parts{std::move(options), std::move(tls), std::move(socket)}));
}

std::unique_ptr<Listener> Listener::Start(Bound bound, base::HttpHandler& handler, const log::Logger& logger,
                                          const base::Clock& clock,
                                          std::function<base::HttpResponse()> overload_response) {
  const std::unique_ptr<Bound::Parts> parts = std::move(bound.parts_);
  if (overload_response) parts->options.overload_response = std::move(overload_response);
  return std::unique_ptr<Listener>(new Listener(std::make_unique<Impl>(
      std::move(parts->socket), std::move(parts->tls), std::move(parts->options), handler, logger, clock)));
}

base::Result<std::unique_ptr<Listener>> Listener::Start(ListenerOptions options, base::HttpHandler& handler,
                                                        const log::Logger& logger, const base::Clock& clock) {
  WK_ASSIGN(Bound bound, Bind(std::move(options)));
  return Start(std::move(bound), handler, logger, clock);
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::~Listener() = default;
uint16_t Listener::bound_port() const {
  return impl_->port();
}
ListenerStats Listener::stats() const {
  return impl_->stats();
}
void Listener::Stop(std::chrono::milliseconds grace) {
  impl_->Stop(grace);
}

}  // namespace wardkeep::net
