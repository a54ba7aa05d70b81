#include "server/signals.h"

namespace wardkeep::server {

ShutdownSignals::ShutdownSignals() {
  ::signal(SIGPIPE, SIG_IGN);
  sigemptyset(&waited_for_);
  sigaddset(&waited_for_, SIGTERM);
  sigaddset(&waited_for_, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &waited_for_, &before_);
}

ShutdownSignals::~ShutdownSignals() {
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int ShutdownSignals::Wait() {
  int number = 0;
  while (::sigwait(&waited_for_, &number) != 0) {
  }
  ::pthread_sigmask(SIG_UNBLOCK, &waited_for_, nullptr);
  return number;
}

}  // namespace wardkeep::server
