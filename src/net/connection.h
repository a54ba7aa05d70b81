// What a network thread must be able to do with its live connections: cut the ones whose time is up, let idle
// ones go when the server stops. Deadlines are plain members read by a periodic sweep: a timer per connection
// and request would cost more than the request.
//
// Thread-safety: none; every connection belongs to one network thread.
#pragma once

#include <chrono>
#include <list>

namespace wardkeep::net {

using SteadyTime = std::chrono::steady_clock::time_point;

class Connection {
 public:
  virtual ~Connection() = default;
  // Closes the socket; the connection ends by itself soon after.
  virtual void Cut() = 0;
  // Destroys the connection now if it waits for a handler's answer. Only once the thread has stopped.
  virtual void Abandon() = 0;

  SteadyTime deadline = SteadyTime::max();  // Cut() when it has passed
  bool is_idle = false;                     // no byte of a request has arrived and none is being answered
  std::list<Connection*>::iterator place;   // in the thread's list
};

}  // namespace wardkeep::net
