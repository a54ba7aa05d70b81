#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

#include "base/descriptor.h"
#include "doctor/checks.h"

namespace wardkeep::doctor {
namespace {

// A shared lock that is given back at once: a server holds the exclusive one.
bool IsLocked(const std::string& path) {
  const base::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open()) return false;
  return ::flock(file.value(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool Connects(const std::string& path) {
  sockaddr_un address{};
  if (path.empty() || path.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  const base::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  return socket.is_open() &&
         ::connect(socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

RunningServer LookForServer(const server::Configuration& configuration) {
  RunningServer found;
  if (!configuration.memory) found.holds_lock = IsLocked(configuration.data_directory + "/wardkeep.db.lock");
  found.answers = Connects(configuration.AdminSocketPath());
  return found;
}

}  // namespace wardkeep::doctor
