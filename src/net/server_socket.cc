#include "net/server_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace wardkeep::net {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kBacklog = 1024;

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);
  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
};

Error SystemError(const std::string& what) {
  return {ErrorCode::kUnavailable, what, std::strerror(errno)};
}

bool ParseNumeric(std::string text, uint16_t port, SocketAddress& out) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  sockaddr_in v4{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&out.storage, &v4, sizeof v4);
    out.length = sizeof v4;
    return true;
  }
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) != 1) return false;
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  std::memcpy(&out.storage, &v6, sizeof v6);
  out.length = sizeof v6;
  return true;
}

base::Descriptor OpenSocket(int family) {
  return base::Descriptor(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

// Removes a socket file left behind by a process that is gone.
base::Result<void> ClearStaleSocket(const std::string& path, SocketAddress& address) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return {};
  if (!S_ISSOCK(found.st_mode))
    return Error(ErrorCode::kAlreadyExists, "`" + path + "` exists and is not a socket");
  const base::Descriptor probe = OpenSocket(AF_UNIX);
  if (!probe.is_open()) return SystemError("cannot open a socket");
  if (::connect(probe.value(), address.raw(), address.length) == 0 || errno != ECONNREFUSED) {
    return Error(ErrorCode::kAlreadyExists, "`" + path + "` is served by another process");
  }
  if (::unlink(path.c_str()) != 0) return SystemError("cannot remove `" + path + "`");
  return {};
}

}  // namespace

base::Result<base::Descriptor> ListenTcp(const std::string& address, uint16_t port) {
  SocketAddress bound;
  if (!ParseNumeric(address, port, bound)) {
    return Error(ErrorCode::kInvalid, "`" + address + "` is not a numeric IP address");
  }
  base::Descriptor socket = OpenSocket(bound.storage.ss_family);
  const std::string what = "cannot listen on " + address + " port " + std::to_string(port);
  const int on = 1;
  if (!socket.is_open() || ::setsockopt(socket.value(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(socket.value(), bound.raw(), bound.length) != 0 || ::listen(socket.value(), kBacklog) != 0) {
    return SystemError(what);
  }
  return socket;
}

base::Result<base::Descriptor> ListenUnix(const std::string& path) {
  sockaddr_un named{};
  if (path.empty() || path.size() >= sizeof named.sun_path) {
    return Error(ErrorCode::kInvalid, "socket path `" + path + "` is empty or longer than " +
                                          std::to_string(sizeof named.sun_path - 1) + " bytes");
  }
  named.sun_family = AF_UNIX;
  std::memcpy(named.sun_path, path.c_str(), path.size() + 1);
  SocketAddress address;
  std::memcpy(&address.storage, &named, sizeof named);
  address.length = sizeof named;
  WK_TRY(ClearStaleSocket(path, address));
  base::Descriptor socket = OpenSocket(AF_UNIX);
  // On Linux the file takes the mode of the unbound socket: there is no moment at which others could connect.
  if (!socket.is_open() || ::fchmod(socket.value(), 0600) != 0 ||
      ::bind(socket.value(), address.raw(), address.length) != 0 || ::listen(socket.value(), kBacklog) != 0) {
    return SystemError("cannot listen on `" + path + "`");
  }
  return socket;
}

uint16_t BoundPort(const base::Descriptor& socket) {
  SocketAddress address;
  if (::getsockname(socket.value(), address.raw(), &address.length) != 0) return 0;
  if (address.storage.ss_family == AF_INET)
    return ntohs(reinterpret_cast<sockaddr_in*>(&address.storage)->sin_port);
  if (address.storage.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<sockaddr_in6*>(&address.storage)->sin6_port);
  return 0;
}

std::string PeerAddress(const base::Descriptor& socket) {
  SocketAddress address;
  if (::getpeername(socket.value(), address.raw(), &address.length) != 0) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.storage.ss_family == AF_UNIX) return "unix";
  if (address.storage.ss_family == AF_INET) {
    const auto& v4 = *reinterpret_cast<sockaddr_in*>(&address.storage);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else if (address.storage.ss_family == AF_INET6) {
    const auto& v6 = *reinterpret_cast<sockaddr_in6*>(&address.storage);
    // A dual-stack socket shows IPv4 peers in mapped form; policies and logs name them in the plain one.
    const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr);
    ::inet_ntop(is_mapped ? AF_INET : AF_INET6, is_mapped ? v6.sin6_addr.s6_addr + 12 : v6.sin6_addr.s6_addr,
                text.data(), text.size());
  }
  return text.data();
}

bool IsLoopback(const std::string& address) {
  SocketAddress parsed;
  if (!ParseNumeric(address, 0, parsed)) return false;
  if (parsed.storage.ss_family == AF_INET) {
    return (ntohl(reinterpret_cast<sockaddr_in*>(&parsed.storage)->sin_addr.s_addr) >> 24) == 127;
  }
  const in6_addr& v6 = reinterpret_cast<sockaddr_in6*>(&parsed.storage)->sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(&v6) || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
}

}  // namespace wardkeep::net
