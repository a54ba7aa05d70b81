#include "net/session.h"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <memory>
#include <utility>

#include "net/request_reader.h"
#include "net/response_text.h"

namespace wardkeep::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Socket = asio::generic::stream_protocol::socket;
using TlsStream = asio::ssl::stream<Socket>;
using Progress = RequestReader::Progress;

constexpr auto kOutcome = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t kSmallBody = 64 * 1024;           // bodies beyond leave room for those within
constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;  // read on after a refusal at most

// Resumes a coroutine that waits for its answer.
template <typename Handler>
class HandlerWaiter final : public AnswerSlot::Waiter {
 public:
  explicit HandlerWaiter(Handler handler) : handler_(std::move(handler)) {}
  void Resume() override { std::move(handler_)(); }

 private:
  Handler handler_;
};

// The differences between plain and TLS streams, as overloads: gcc 12 lays out a coroutine's frame wrongly
// when a `co_await` stands in a discarded branch of `if constexpr`, so there is none in a coroutine here.
Socket& Lowest(Socket& stream) {
  return stream;
}
Socket& Lowest(TlsStream& stream) {
  return stream.next_layer();
}

asio::awaitable<bool> Handshake(TlsStream& stream) {
  const auto [failed] = co_await stream.async_handshake(asio::ssl::stream_base::server, kOutcome);
  co_return !failed;
}
asio::awaitable<bool> Handshake(Socket&) {
  co_return true;
}

asio::awaitable<void> SayGoodbye(TlsStream& stream) {
  co_await stream.async_shutdown(kOutcome);
}
asio::awaitable<void> SayGoodbye(Socket&) {
  co_return;
}

using Pieces = std::array<asio::const_buffer, 2>;

// Sends what the socket takes at once. Nearly every response fits its buffer: one system call, and no way
// round the event loop. Nothing over TLS, where a record may need to read first.
std::size_t SendAtOnce(Socket& stream, const Pieces& pieces, error_code& failed) {
  const std::size_t sent = stream.write_some(pieces, failed);
  if (failed == asio::error::would_block || failed == asio::error::try_again) failed = {};
  return sent;
}
std::size_t SendAtOnce(TlsStream&, const Pieces&, error_code&) {
  return 0;
}

struct InFlight {
  explicit InFlight(std::atomic<uint64_t>& counter) : count(counter), before(counter.fetch_add(1)) {}
  ~InFlight() { count.fetch_sub(1); }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;
  std::atomic<uint64_t>& count;
  const uint64_t before;
};

template <typename Stream>
class Session final : public Connection {
 public:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  Session(Serving& serving, Reactor& reactor, Stream stream, std::string peer_address,
          AddressShares::Ticket address)
      : serving_(serving),
        reactor_(reactor),
        stream_(std::move(stream)),
        peer_address_(std::move(peer_address)),
        address_(std::move(address)),
        reader_(serving.limits),
        slot_(std::make_shared<AnswerSlot>(reactor.mailbox())) {
    reactor_.Add(*this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() override {
    ReleaseBody();
    serving_.counters.connections.fetch_sub(1, std::memory_order_relaxed);
    reactor_.Remove(*this);
  }

  void Cut() override {
    if (!is_idle && !lingering_) serving_.counters.cut_connections.fetch_add(1, std::memory_order_relaxed);
    error_code ignored;
    Lowest(stream_).close(ignored);
  }
  void Abandon() override {
    const std::shared_ptr<AnswerSlot> slot = slot_;  // this object may be gone after the next line
    slot->Abandon();
  }

  asio::awaitable<void> Run() {
    SetDeadline(serving_.limits.header_timeout);
    if (kTls) {
      const bool is_open = co_await Handshake(stream_);
      if (!is_open) co_return;
      SetDeadline(serving_.limits.header_timeout);
    }
    bool goes_on = true;
    while (goes_on) goes_on = co_await ServeOne();
    co_await Finish();
  }

  asio::awaitable<void> Refuse() {
    must_linger_ = true;
    base::HttpResponse response = serving_.overload_response();
    co_await Send(std::move(response), kClosing, false);
  }
  asio::awaitable<void> RefuseAndFinish() {
    co_await Refuse();
    co_await Finish();
  }

 private:
  enum class Received { kRequest, kRefused, kOverloaded, kClosed };
  static constexpr ResponseFraming kClosing{.keep_alive = false, .http10 = false};

  void SetDeadline(std::chrono::milliseconds from_now) {
    deadline = std::chrono::steady_clock::now() + from_now;
  }

  // Reads until a request is complete. Each phase has its own deadline, which progress within it does not
  // move.
  asio::awaitable<Received> Receive() {
    Progress progress = reader_.Advance();
    while (true) {
      if (progress == Progress::kRefused) co_return Received::kRefused;
      if (!ChargeBody()) co_return Received::kOverloaded;
      if (progress == Progress::kComplete) co_return Received::kRequest;
      if (progress == Progress::kHeadRead) {
        SetDeadline(serving_.limits.body_timeout);
        if (reader_.expects_continue()) {
          const bool told = co_await Write(kContinue, {});
          if (!told) co_return Received::kClosed;
        }
        progress = reader_.Advance();
        if (progress != Progress::kNeedMore) continue;
      }
      const bool fresh = !reader_.has_started();
      if (fresh && serving_.draining) co_return Received::kClosed;
      is_idle = fresh;
      const auto space = reader_.Space();
      const auto [failed, count] =
          co_await stream_.async_read_some(asio::buffer(space.data(), space.size()), kOutcome);
      if (failed) {
        // Half a request and then the end of the stream: the client may still be listening.
        const bool truncated = !fresh && failed == asio::error::eof;
        co_return truncated ? Received::kRefused : Received::kClosed;
      }
      is_idle = false;
      reader_.Commit(count);
      if (!std::exchange(head_begun_, true)) SetDeadline(serving_.limits.header_timeout);
      progress = reader_.Advance();
    }
  }

  // Counts the memory of the body against the room that all connections share and against the share of the
  // client's address; false when either is used up.
  bool ChargeBody() {
    const std::size_t size = reader_.body_memory();
    if (size <= charged_) return true;
    const std::size_t more = size - std::exchange(charged_, size);
    const std::size_t room = serving_.limits.buffered_body_bytes;
    const std::size_t all = serving_.counters.buffered_body_bytes.fetch_add(more) + more;
    if (AddressShares::Share* share = address_.share(); share != nullptr) {
      const std::size_t of_address = share->body_bytes.fetch_add(more) + more;
      if (of_address > room / 4 && !share->is_exempt) return false;
    }
    return all <= (size > kSmallBody ? room - room / 4 : room);
  }
  void ReleaseBody() {
    const std::size_t charged = std::exchange(charged_, 0);
    if (charged == 0) return;
    serving_.counters.buffered_body_bytes.fetch_sub(charged);
    if (address_.share() != nullptr) address_.share()->body_bytes.fetch_sub(charged);
  }

  asio::awaitable<bool> ServeOne() {
    const Received received = co_await Receive();
    if (received == Received::kClosed) co_return false;
    if (received == Received::kRefused) {
      serving_.counters.broken_requests.fetch_add(1, std::memory_order_relaxed);
      must_linger_ = true;
      base::HttpResponse refusal;
      refusal.status = reader_.refusal_status() == 0 ? 400 : reader_.refusal_status();
      co_await Send(std::move(refusal), kClosing, false);
      co_return false;
    }
    if (received == Received::kOverloaded) {
      serving_.counters.shed_requests.fetch_add(1, std::memory_order_relaxed);
      reader_.TakeRequest();  // its memory is what there is too little of
      ReleaseBody();
      co_await Refuse();
      co_return false;
    }
    ResponseFraming framing{.keep_alive = reader_.keeps_alive(), .http10 = reader_.is_http10()};
    base::HttpRequest request = reader_.TakeRequest();
    const bool is_head = request.method == "HEAD";
    deadline = SteadyTime::max();  // the handler bounds its own time
    base::HttpResponse response = co_await Answer(std::move(request));
    ReleaseBody();
    framing.keep_alive = framing.keep_alive && !serving_.draining.load(std::memory_order_relaxed);
    const bool sent = co_await Send(std::move(response), framing, is_head);
    head_begun_ = reader_.has_started();
    SetDeadline(head_begun_ ? serving_.limits.header_timeout : serving_.limits.idle_timeout);
    co_return sent&& framing.keep_alive;
  }

  asio::awaitable<base::HttpResponse> Answer(base::HttpRequest request) {
    const InFlight in_flight(serving_.counters.in_flight);
    if (in_flight.before >= serving_.limits.requests_in_flight) {
      serving_.counters.shed_requests.fetch_add(1, std::memory_order_relaxed);
      co_return serving_.overload_response();
    }
    request.peer_address = peer_address_;
    request.secure = kTls || serving_.is_local;
    slot_->Arm();
    Dispatch(std::move(request));
    if (!slot_->is_answered()) {
      co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(StartWaiting, asio::use_awaitable,
                                                                           slot_.get());
    }
    co_return slot_->Take();
  }

  // Static, so that a suspended coroutine refers to the slot and not to a lambda's captures.
  static constexpr auto StartWaiting = [](auto handler, AnswerSlot* slot) {
    slot->Wait(std::make_unique<HandlerWaiter<decltype(handler)>>(std::move(handler)));
  };

  void Dispatch(base::HttpRequest request) {
    // A handler that throws loses its responder, which is answered with 500.
    try {
      serving_.handler.Handle(std::move(request), MakeResponder(slot_));
    } catch (const std::exception& fault) {
      NoteException(fault.what());
    } catch (...) {
      NoteException("not a std::exception");
    }
  }
  void NoteException(std::string_view cause) {
    serving_.counters.handler_exceptions.fetch_add(1, std::memory_order_relaxed);
    serving_.logger.Error("handler threw", {{"cause", cause}});
  }

  asio::awaitable<bool> Send(base::HttpResponse response, ResponseFraming framing, bool head_only) {
    head_.clear();
    AppendResponseHead(head_, response, framing, reactor_.HttpDate());
    const bool has_body = !head_only && !IsBodiless(response.status);
    const std::string_view body = has_body ? std::string_view(response.body) : std::string_view();
    const bool written = co_await Write(head_, body);
    co_return written;
  }

  asio::awaitable<bool> Write(std::string_view head, std::string_view body) {
    Pieces pieces = {asio::buffer(head.data(), head.size()), asio::buffer(body.data(), body.size())};
    error_code broken;
    const std::size_t at_once = SendAtOnce(stream_, pieces, broken);
    if (broken) co_return false;
    if (at_once == head.size() + body.size()) co_return true;
    pieces[0] += at_once;
    pieces[1] += at_once - std::min(at_once, head.size());
    const SteadyTime before =
        std::exchange(deadline, std::chrono::steady_clock::now() + serving_.limits.write_timeout);
    const auto [failed, count] = co_await asio::async_write(stream_, pieces, kOutcome);
    deadline = before;
    co_return !failed;
  }

  // Ends the connection so that the client sees the last response: closing a socket with unread bytes would
  // make the kernel reset it and drop what was sent.
  asio::awaitable<void> Finish() {
    lingering_ = true;
    SetDeadline(serving_.limits.linger_timeout);
    if (kTls && !must_linger_) co_await SayGoodbye(stream_);
    error_code failed;
    Lowest(stream_).shutdown(Socket::shutdown_send, failed);
    if (failed || !must_linger_) co_return;
    std::array<char, 4096> sink;
    for (std::size_t total = 0; total < kLingerBytes;) {
      const auto [ended, count] = co_await Lowest(stream_).async_read_some(asio::buffer(sink), kOutcome);
      if (ended) co_return;
      total += count;
    }
  }

  Serving& serving_;
  Reactor& reactor_;
  Stream stream_;
  const std::string peer_address_;
  const AddressShares::Ticket address_;
  RequestReader reader_;
  const std::shared_ptr<AnswerSlot> slot_;
  std::string head_;
  std::size_t charged_ = 0;  // of serving_.counters.buffered_body_bytes
  bool head_begun_ = false;  // a byte of the next head has come, be it an empty line; its deadline stands
  bool must_linger_ = false;
  bool lingering_ = false;
};

template <typename Stream>
asio::awaitable<void> Live(std::unique_ptr<Session<Stream>> session, Admission admission) {
  if (admission == Admission::kRefuse) {
    co_await session->RefuseAndFinish();
  } else {
    co_await session->Run();
  }
}

// A connection that throws (out of memory) ends; the thread and its other connections go on.
void Ended(const log::Logger& logger, const std::exception_ptr& fault) {
  if (!fault) return;
  try {
    std::rethrow_exception(fault);
  } catch (const std::exception& known) {
    logger.Error("connection ended by an exception", {{"cause", known.what()}});
  } catch (...) {
    logger.Error("connection ended by an exception", {{"cause", "not a std::exception"}});
  }
}

template <typename Stream>
void Spawn(Serving& serving, Reactor& reactor, Stream stream, std::string peer_address,
           AddressShares::Ticket address, Admission admission) {
  auto session = std::make_unique<Session<Stream>>(serving, reactor, std::move(stream),
                                                   std::move(peer_address), std::move(address));
  asio::co_spawn(reactor.context(), Live(std::move(session), admission),
                 [&logger = serving.logger](std::exception_ptr fault) { Ended(logger, fault); });
}

}  // namespace

void StartSession(Serving& serving, Reactor& reactor, base::Descriptor descriptor, std::string peer_address,
                  AddressShares::Ticket address, Admission admission) {
  if (serving.draining) {
    serving.counters.connections.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  const int family = serving.is_local ? AF_UNIX : AF_INET;
  Socket socket(reactor.context(), asio::generic::stream_protocol(family, 0), descriptor.Release());
  error_code ignored;
  socket.non_blocking(true, ignored);
  if (serving.tls && admission == Admission::kServe) {
    SSL* ssl = SSL_new(serving.tls.get());
    if (ssl == nullptr) {
      serving.counters.connections.fetch_sub(1, std::memory_order_relaxed);
      return;
    }
    Spawn(serving, reactor, TlsStream(std::move(socket), ssl), std::move(peer_address), std::move(address),
          admission);
  } else {
    Spawn(serving, reactor, std::move(socket), std::move(peer_address), std::move(address), admission);
  }
}

}  // namespace wardkeep::net
