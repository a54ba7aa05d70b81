// What the server serves: everything behind the network. The composition root (server.cc) builds one,
// begins it and gives it to ServeUntilStopped.
//
// Thread-safety: the handlers are called from all network threads; the rest from the main thread. Ownership:
// the application outlives the listeners.
#pragma once

#include <functional>

#include "base/account_id.h"
#include "base/http_message.h"
#include "base/result.h"

namespace wardkeep::server {

class Application {
 public:
  virtual ~Application() = default;

  // Makes the first account of a new store, prints its credentials, and starts what runs in the background.
  // Once, before the handlers are asked for; whatever else can keep the server from starting comes before, so
  // that credentials which are shown once are not shown by a start that fails.
  virtual base::Result<void> Begin() = 0;
  // The public APIs.
  virtual base::HttpHandler& api() = 0;
  // The local administration socket.
  virtual base::HttpHandler& administration() = 0;
  // The account that the ready line names.
  virtual base::AccountId first_account() const = 0;
  // Calls `answer` once, on any thread: whether the store takes writes.
  virtual void CanWrite(std::function<void(bool)> answer) = 0;
  // Drops the work that waits for a turn and ends the calls to other servers; what is at work goes on. Its
  // callers are answered, so that the listeners have nothing to wait for but work itself.
  virtual void StopWork() = 0;
  // What a caller is told when the server is full: AWS's Throttling error. Any thread.
  virtual base::HttpResponse OverloadResponse() const = 0;
};

}  // namespace wardkeep::server
