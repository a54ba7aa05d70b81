// The running phase of the server: listeners up, ready line, wait for SIGTERM or SIGINT, listeners down.
#pragma once

#include <optional>

#include "base/clock.h"
#include "log/log.h"
#include "net/listener.h"
#include "server/application.h"
#include "server/configuration.h"
#include "server/metrics.h"
#include "server/signals.h"

namespace wardkeep::server {

// What every part of the process shares.
struct Surroundings {
  const log::Logger& logger;
  const base::Clock& clock;
  Metrics& metrics;
};

// Where it is served.
struct Addresses {
  net::Listener::Bound api;
  std::optional<net::Listener::Bound> administration;
  std::optional<net::Listener::Bound> metrics;
};

// Prints `ready http://ADDR:PORT account ID` on standard output once requests are answered, and returns when
// a shutdown signal has come and the requests in flight are finished or configuration.shutdown_grace is over.
// The application was begun.
void ServeUntilStopped(const Configuration& configuration, Addresses addresses, Application& application,
                       const Surroundings& surroundings, ShutdownSignals& signals);

// "http://127.0.0.1:8480", "https://[::1]:443".
std::string EndpointUrl(const Configuration& configuration, uint16_t port);

}  // namespace wardkeep::server
