// The composition root: builds every part of the server from its configuration, serves, takes it down again.
#pragma once

#include "base/result.h"
#include "server/configuration.h"

namespace wardkeep::server {

class Server {
 public:
  // Serves until SIGTERM or SIGINT. Call once, from the main thread, before any other thread exists. An error
  // says why the server could not start; nothing was served then.
  static base::Result<void> Run(const Configuration& configuration);
};

}  // namespace wardkeep::server
