// Accepts connections on one listening socket and deals them out to the network threads in turn.
// (SO_REUSEPORT would let the kernel do it, but by hash: a handful of connections often lands on one thread.)
//
// Thread-safety: Run() once; Close() from any thread. It lives on the first reactor's loop.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "base/descriptor.h"
#include "net/reactor.h"
#include "net/serving.h"

namespace wardkeep::net {

class Acceptor {
 public:
  // `reactors` must not be empty and outlives the acceptor, as does `serving`.
  Acceptor(base::Descriptor socket, Serving& serving, std::vector<std::unique_ptr<Reactor>>& reactors);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;
  ~Acceptor();

  void Run();
  void Close();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardkeep::net
