#include "net/acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <chrono>
#include <utility>

#include "net/server_socket.h"
#include "net/session.h"

namespace wardkeep::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr int kAcceptsPerWake = 64;                         // then other work of the thread gets its turn
constexpr std::chrono::milliseconds kOutOfDescriptors{50};  // pause before trying again
constexpr std::size_t kRefusalsAtOnce = 64;                 // more than that are closed without a word

}  // namespace

class Acceptor::Impl {
 public:
  Impl(base::Descriptor socket, Serving& serving, std::vector<std::unique_ptr<Reactor>>& reactors)
      : serving_(serving),
        reactors_(reactors),
        socket_(reactors.front()->context(), socket.Release()),
        pause_(reactors.front()->context()) {}

  void Await() {
    socket_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const error_code& failed) {
      if (!failed) AcceptSome();
    });
  }

  void Close() {
    asio::post(socket_.get_executor(), [this] {
      error_code ignored;
      socket_.close(ignored);
      pause_.cancel();
    });
  }

 private:
  void AcceptSome() {
    for (int i = 0; i < kAcceptsPerWake; ++i) {
      base::Descriptor accepted(
          ::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (accepted.is_open()) {
        Deal(std::move(accepted));
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        return Pause();
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        break;
      }  // anything else concerns only the connection that is gone
    }
    Await();
  }

  void Pause() {
    serving_.logger.Warning("no more file descriptors for connections");
    pause_.expires_after(kOutOfDescriptors);
    pause_.async_wait([this](const error_code& failed) {
      if (!failed) Await();
    });
  }

  void Deal(base::Descriptor accepted) {
    if (!serving_.is_local) {
      const int on = 1;
      ::setsockopt(accepted.value(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ServingCounters& counters = serving_.counters;
    counters.accepted.fetch_add(1, std::memory_order_relaxed);
    std::string peer = PeerAddress(accepted);
    AddressShares::Ticket address =
        serving_.is_local ? AddressShares::Ticket() : serving_.addresses.Admit(peer);
    // Closed without a word: the words would be one more connection to hold.
    if (!serving_.is_local && !address.is_granted()) {
      counters.refused_connections.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    const std::size_t open = counters.connections.fetch_add(1, std::memory_order_relaxed);
    Admission admission = Admission::kServe;
    if (open >= serving_.limits.connections) {
      counters.refused_connections.fetch_add(1, std::memory_order_relaxed);
      admission = Admission::kRefuse;
      // A TLS client could not read a refusal without a handshake, which costs more than it is worth here.
      if (serving_.tls || open >= serving_.limits.connections + kRefusalsAtOnce) {
        counters.connections.fetch_sub(1, std::memory_order_relaxed);
        return;
      }
    }
    Reactor& reactor = *reactors_[next_++ % reactors_.size()];
    asio::post(reactor.context(), [&serving = serving_, &reactor, admission, peer = std::move(peer),
                                   address = std::move(address), socket = std::move(accepted)]() mutable {
      StartSession(serving, reactor, std::move(socket), std::move(peer), std::move(address), admission);
    });
  }

  Serving& serving_;
  std::vector<std::unique_ptr<Reactor>>& reactors_;
  asio::posix::stream_descriptor socket_;
  asio::steady_timer pause_;
  std::size_t next_ = 0;
};

Acceptor::Acceptor(base::Descriptor socket, Serving& serving, std::vector<std::unique_ptr<Reactor>>& reactors)
    : impl_(std::make_unique<Impl>(std::move(socket), serving, reactors)) {}
Acceptor::~Acceptor() = default;
void Acceptor::Run() {
  impl_->Await();
}
void Acceptor::Close() {
  impl_->Close();
}

}  // namespace wardkeep::net
