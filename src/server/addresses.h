// The addresses of the server, taken before anything is served: the public one before the store is opened,
// that of the administration once its folder is there and locked.
#pragma once

#include <optional>

#include "base/result.h"
#include "log/log.h"
#include "net/listener.h"
#include "server/configuration.h"

namespace wardkeep::server {

// An error says what is wrong with the address or the certificate, and what to do when the port is taken.
base::Result<net::Listener::Bound> BindPublic(const Configuration& configuration);

// The next two: nullopt when there is to be none.
base::Result<std::optional<net::Listener::Bound>> BindMetrics(const Configuration& configuration);
base::Result<std::optional<net::Listener::Bound>> BindAdministration(const Configuration& configuration,
                                                                     const log::Logger& logger);

}  // namespace wardkeep::server
