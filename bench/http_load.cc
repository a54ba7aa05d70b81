// A closed-loop HTTP load generator: N connections, each sends a request, waits for the whole response, sends
// the next. Counts responses per second and their latency. Small on purpose: one epoll loop, no HTTP library.
//
//   http_load --port 8480 --connections 32 --seconds 5 request.txt        # one request, over and over
//   http_load --port 8480 --connections 64 --once yes requests.txt        # each request of the file, once
//
// The file holds complete requests, byte for byte, one after another (a signed one is valid for fifteen
// minutes). A connection that the server says it closes is opened again.
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
  bool once = false;
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
    } else if (word == "--once") {
      options.once = std::string_view(argv[++i]) == "yes";
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

// The length of the complete message (request or response) at the start of `bytes`, 0 when it is not complete
// yet. Relies on Content-Length.
std::size_t MessageLength(std::string_view bytes) {
  static constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  const std::size_t field = bytes.substr(0, head + 2).find(kLength);
  if (field == std::string_view::npos) return head + 4;
  const auto length = Number(bytes.substr(field + kLength.size()));
  const std::size_t total = head + 4 + static_cast<std::size_t>(length.value_or(0));
  return bytes.size() >= total ? total : 0;
}

// The requests of a file; what follows the last complete one is left out.
std::vector<std::string_view> SplitRequests(std::string_view bytes) {
  std::vector<std::string_view> requests;
  while (const std::size_t length = MessageLength(bytes)) {
    requests.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return requests;
}

class Load {
 public:
  Load(const Options& options, std::vector<std::string_view> requests)
      : options_(options), requests_(std::move(requests)) {}

  bool Open() {
    clients_.resize(static_cast<std::size_t>(options_.connections));
    return std::all_of(clients_.begin(), clients_.end(), [this](Client& client) { return Open(client); });
  }

  void Run() {
    const auto start = Clock::now();
    const auto end =
        options_.once ? Clock::time_point::max() : start + std::chrono::seconds(options_.seconds);
    for (Client& client : clients_) Send(client);
    std::array<epoll_event, 256> events;
    while (Clock::now() < end && waiting_ > 0) {
      const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < ready; ++i) Receive(clients_[events[static_cast<std::size_t>(i)].data.u64]);
    }
    elapsed_ = Clock::now() - start;
  }

  Totals& totals() { return totals_; }
  double requests_per_second() const {
    return static_cast<double>(totals_.micros.size()) / std::chrono::duration<double>(elapsed_).count();
  }

 private:
  bool Open(Client& client) {
    client.socket = Connect(options_);
    if (client.socket < 0) return false;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<uint64_t>(&client - clients_.data());
    return ::epoll_ctl(poll_, EPOLL_CTL_ADD, client.socket, &event) == 0;
  }

  void Send(Client& client) {
    if (options_.once && next_ == requests_.size()) return;
    const std::string_view request = requests_[next_++ % requests_.size()];
    client.sent = Clock::now();
    ++waiting_;
    // A request fits the empty socket buffer of a connection whose response has been read.
    const ssize_t sent = ::send(client.socket, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request.size())) Fail(client);
  }

  void Receive(Client& client) {
    std::array<char, 65536> chunk;
    const ssize_t count = ::recv(client.socket, chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return Fail(client);
    client.received.append(chunk.data(), static_cast<std::size_t>(count));
    const std::size_t length = MessageLength(client.received);
    if (length == 0) return;
    --waiting_;
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - client.sent);
    totals_.micros.push_back(static_cast<uint32_t>(elapsed.count()));
    ++totals_.by_status[Number(std::string_view(client.received).substr(9)).value_or(0)];
    const bool closes =
        std::string_view(client.received).substr(0, length).find("\r\nConnection: close\r\n") !=
        std::string_view::npos;
    client.received.erase(0, length);
    if (closes) {
      ::close(client.socket);
      if (!Open(client)) {
        ++totals_.errors;
        return;
      }
    }
    Send(client);
  }

  // The connection takes no further part.
  void Fail(Client& client) {
    ++totals_.errors;
    --waiting_;
    ::close(client.socket);
  }

  const Options& options_;
  const std::vector<std::string_view> requests_;
  const int poll_ = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<Client> clients_;  // of fixed size, once open
  std::size_t next_ = 0;         // counts the requests sent
  std::size_t waiting_ = 0;      // sent and not answered
  Clock::duration elapsed_{};
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
    std::fprintf(
        stderr,
        "usage: http_load [--address A] [--port P] [--connections N] [--seconds S | --once yes] FILE\n");
    return 2;
  }
  std::ifstream file(options->request_file, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const std::string text = bytes.str();
  const std::vector<std::string_view> requests = SplitRequests(text);
  if (!file || requests.empty()) {
    std::fprintf(stderr, "http_load: no request in %s\n", options->request_file.c_str());
    return 2;
  }
  Load load(*options, requests);
  if (!load.Open()) {
    std::fprintf(stderr, "http_load: cannot connect to %s port %d\n", options->address.c_str(),
                 options->port);
    return 1;
  }
  load.Run();
  Totals& totals = load.totals();
  std::printf("requests/s %.0f p50_us %u p99_us %u errors %llu", load.requests_per_second(),
              Percentile(totals.micros, 50), Percentile(totals.micros, 99),
              static_cast<unsigned long long>(totals.errors));
  for (const auto& [status, count] : totals.by_status) {
    std::printf(" status_%d %llu", status, static_cast<unsigned long long>(count));
  }
  std::printf("\n");
  return totals.errors == 0 ? 0 : 1;
}
