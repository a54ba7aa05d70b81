// Waits for SIGTERM or SIGINT in the main thread. Construct it before any thread is started, so that all of
// them inherit the blocked mask and the signal is never delivered elsewhere. SIGPIPE is ignored from then on.
//
//   ShutdownSignals signals;
//   ... start the server ...
//   signals.Wait();   // a second signal after that ends the process at once
#pragma once

#include <signal.h>

namespace wardkeep::server {

class ShutdownSignals {
 public:
  ShutdownSignals();
  ShutdownSignals(const ShutdownSignals&) = delete;
  ShutdownSignals& operator=(const ShutdownSignals&) = delete;
  ~ShutdownSignals();

  // Returns the number of the signal that came; it then has its default effect again.
  int Wait();

 private:
  sigset_t waited_for_;
  sigset_t before_;
};

}  // namespace wardkeep::server
