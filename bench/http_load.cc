// A closed-loop HTTP load generator: N connections, each sends the same bytes, waits for the whole response,
// sends again. Counts responses per second and their latency. Small on purpose: one epoll loop, no HTTP
// library.
//
//   http_load --port 8480 --connections 32 --seconds 5 request.txt
//
// request.txt holds one complete request, byte for byte (a signed one is valid for five minutes).
// Output, one line: requests/s 51234 p50_us 310 p99_us 900 errors 0 status_200 256170
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string address = "127.0.0.1";
  int port = 8480;
  int connections = 32;
  int seconds = 5;
  std::string request_file;
};

struct Client {
  int socket = -1;
  std::string received;
  Clock::time_point sent;
};

struct Totals {
  std::vector<uint32_t> micros;
  std::map<int, uint64_t> by_status;
  uint64_t errors = 0;
};

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

std::optional<Options> ReadOptions(int argc, char** argv) {
  Options options;
  const std::map<std::string_view, int*> numbers = {
      {"--port", &options.port}, {"--connections", &options.connections}, {"--seconds", &options.seconds}};
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!word.starts_with("--")) {
      options.request_file = word;
    } else if (i + 1 == argc) {
      return std::nullopt;
    } else if (word == "--address") {
      options.address = argv[++i];
    } else if (const auto found = numbers.find(word); found != numbers.end()) {
      const auto value = Number(argv[++i]);
      if (!value || *value <= 0) return std::nullopt;
      *found->second = *value;
    } else {
      return std::nullopt;
    }
  }
  if (options.request_file.empty()) return std::nullopt;
  return options;
}

int Connect(const Options& options) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(options.port));
  ::inet_pton(AF_INET, options.address.c_str(), &address.sin_addr);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    return -1;
  }
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

// The length of the complete response at the start of `bytes`, 0 when it is not complete yet. Relies on
// Content-Length, which every response of the server has.
std::size_t ResponseLength(std::string_view bytes) {
  static constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  const std::size_t field = bytes.substr(0, head + 2).find(kLength);
  if (field == std::string_view::npos) return head + 4;
  const auto length = Number(bytes.substr(field + kLength.size()));
  const std::size_t total = head + 4 + static_cast<std::size_t>(length.value_or(0));
  return bytes.size() >= total ? total : 0;
}

class Load {
 public:
  Load(const Options& options, std::string request) : options_(options), request_(std::move(request)) {}

  bool Open() {
    clients_.resize(static_cast<std::size_t>(options_.connections));
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      clients_[i].socket = Connect(options_);
      if (clients_[i].socket < 0) return false;
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, clients_[i].socket, &event);
    }
    return true;
  }

  void Run() {
    const auto end = Clock::now() + std::chrono::seconds(options_.seconds);
    for (Client& client : clients_) Send(client);
    std::array<epoll_event, 256> events;
    while (Clock::now() < end) {
      const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < ready; ++i) Receive(clients_[events[static_cast<std::size_t>(i)].data.u64]);
    }
  }

  Totals& totals() { return totals_; }

 private:
  void Send(Client& client) {
    client.sent = Clock::now();
    // A request fits the empty socket buffer of a connection whose response has been read.
    const ssize_t sent = ::send(client.socket, request_.data(), request_.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request_.size())) Fail(client);
  }

  void Receive(Client& client) {
    std::array<char, 65536> chunk;
    const ssize_t count = ::recv(client.socket, chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return Fail(client);
    client.received.append(chunk.data(), static_cast<std::size_t>(count));
    const std::size_t length = ResponseLength(client.received);
    if (length == 0) return;
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - client.sent);
    totals_.micros.push_back(static_cast<uint32_t>(elapsed.count()));
    ++totals_.by_status[Number(std::string_view(client.received).substr(9)).value_or(0)];
    client.received.erase(0, length);
    Send(client);
  }

  // The connection takes no further part.
  void Fail(Client& client) {
    ++totals_.errors;
    ::epoll_ctl(poll_, EPOLL_CTL_DEL, client.socket, nullptr);
    ::close(client.socket);
  }

  const Options& options_;
  const std::string request_;
  const int poll_ = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<Client> clients_;
  Totals totals_;
};

uint32_t Percentile(std::vector<uint32_t>& micros, std::size_t percent) {
  if (micros.empty()) return 0;
  const std::size_t place = std::min(micros.size() - 1, micros.size() * percent / 100);
  std::nth_element(micros.begin(), micros.begin() + static_cast<std::ptrdiff_t>(place), micros.end());
  return micros[place];
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = ReadOptions(argc, argv);
  if (!options) {
    std::fprintf(stderr,
                 "usage: http_load [--address A] [--port P] [--connections N] [--seconds S] REQUEST_FILE\n");
    return 2;
  }
  std::ifstream file(options->request_file, std::ios::binary);
  std::ostringstream request;
  request << file.rdbuf();
  if (!file || request.str().empty()) {
    std::fprintf(stderr, "http_load: cannot read %s\n", options->request_file.c_str());
    return 2;
  }
  Load load(*options, request.str());
  if (!load.Open()) {
    std::fprintf(stderr, "http_load: cannot connect to %s port %d\n", options->address.c_str(),
                 options->port);
    return 1;
  }
  load.Run();
  Totals& totals = load.totals();
  std::printf("requests/s %zu p50_us %u p99_us %u errors %llu",
              totals.micros.size() / static_cast<std::size_t>(options->seconds),
              Percentile(totals.micros, 50), Percentile(totals.micros, 99),
              static_cast<unsigned long long>(totals.errors));
  for (const auto& [status, count] : totals.by_status) {
    std::printf(" status_%d %llu", status, static_cast<unsigned long long>(count));
  }
  std::printf("\n");
  return totals.errors == 0 ? 0 : 1;
}
