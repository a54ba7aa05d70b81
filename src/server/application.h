// What the server serves: everything behind the network. The composition root (server.cc) builds one and
// gives it to ServeUntilStopped.
//
// Thread-safety: the handlers are called from all network threads; the rest from the main thread. Ownership:
// the application outlives the listeners.
#pragma once

#include "base/account_id.h"
#include "base/http_message.h"

namespace wardkeep::server {

class Application {
 public:
  virtual ~Application() = default;

  // The public APIs.
  virtual base::HttpHandler& api() = 0;
  // The local administration socket.
  virtual base::HttpHandler& administration() = 0;
  // The account that the ready line names.
  virtual base::AccountId first_account() const = 0;
  // What a caller is told when the server is full: AWS's Throttling error. Any thread.
  virtual base::HttpResponse OverloadResponse() const = 0;
};

}  // namespace wardkeep::server
