#include "net/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <charconv>
#include <cstring>

#include "base/ascii.h"

namespace wardkeep::net {
namespace {

void SetReadTimeout(int socket, std::chrono::milliseconds patience) {
  timeval limit{};
  limit.tv_sec = patience.count() / 1000;
  limit.tv_usec = patience.count() % 1000 * 1000;
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

int Number(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

RawResponse ParseHead(std::string head) {
  RawResponse response;
  response.head = std::move(head);
  std::string_view rest = response.head;
  rest.remove_prefix(std::min<std::size_t>(9, rest.size()));  // "HTTP/1.1 "
  response.status = Number(rest);
  while (true) {
    const std::size_t next = rest.find("\r\n");
    if (next == std::string_view::npos) return response;
    rest.remove_prefix(next + 2);
    const std::size_t colon = rest.find(": ");
    const std::size_t end = rest.find("\r\n");
    if (colon == std::string_view::npos || colon > end) continue;
    response.headers[base::AsciiLower(rest.substr(0, colon))] = rest.substr(colon + 2, end - colon - 2);
  }
}

}  // namespace

RawClient::RawClient(int family) : socket_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  SetReadTimeout(socket_.value(), std::chrono::seconds(10));
}

RawClient RawClient::Tcp(uint16_t port) {
  RawClient client(AF_INET);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  client.connected_ =
      ::connect(client.socket_.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return client;
}

RawClient RawClient::Unix(const std::string& path) {
  RawClient client(AF_UNIX);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  client.connected_ =
      ::connect(client.socket_.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return client;
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::HalfClose() {
  ::shutdown(socket_.value(), SHUT_WR);
}

bool RawClient::Fill() {
  std::array<char, 16384> chunk;
  const ssize_t received = ::recv(socket_.value(), chunk.data(), chunk.size(), 0);
  if (received <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(received));
  return true;
}

std::optional<RawResponse> RawClient::Read(Body body) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return std::nullopt;
  }
  RawResponse response = ParseHead(buffer_.substr(0, end + 4));
  buffer_.erase(0, end + 4);
  const auto length = response.headers.find("content-length");
  if (body == Body::kNone || length == response.headers.end()) return response;
  const auto size = static_cast<std::size_t>(Number(length->second));
  while (buffer_.size() < size) {
    if (!Fill()) return std::nullopt;
  }
  response.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

std::string RawClient::ReadAll() {
  while (Fill()) {
  }
  return std::exchange(buffer_, {});
}

bool RawClient::ClosesWithin(std::chrono::milliseconds patience) {
  SetReadTimeout(socket_.value(), patience);
  std::array<char, 4096> chunk;
  while (true) {
    const ssize_t received = ::recv(socket_.value(), chunk.data(), chunk.size(), 0);
    if (received == 0) return true;
    if (received < 0) return errno == ECONNRESET;
  }
}

std::string Request(std::string_view method, std::string_view target, std::string_view body,
                    std::string_view more_fields) {
  std::string text;
  text.append(method)
      .append(" ")
      .append(target)
      .append(" HTTP/1.1\r\nHost: localhost\r\n")
      .append(more_fields);
  if (!body.empty()) text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  text.append("\r\n").append(body);
  return text;
}

}  // namespace wardkeep::net
