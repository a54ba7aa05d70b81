#include "net/request_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "net/chunked_body.h"

namespace wardkeep::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BoostView = boost::beast::string_view;

constexpr std::size_t kFirstBuffer = 4096;
constexpr std::size_t kTrustedReserve = 4096;  // of an announced length, before a byte of it has come
constexpr std::size_t kUsualFields = 16;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string_view View(BoostView text) {
  return {text.data(), text.size()};
}

// Parses one complete head. The library could also be fed in pieces and read bodies, but then what it makes
// of folded fields and quoted chunk extensions depends on where the pieces end, which fuzzing showed; so it
// only ever sees a whole head and nothing after it.
class HeadParser final : public http::basic_parser<true> {
 public:
  explicit HeadParser(base::HttpRequest& request) : request_(request) { skip(true); }

  // False when it is not a head this server serves.
  bool Parse(std::string_view head) {
    header_limit(static_cast<std::uint32_t>(head.size() + 1));
    error_code ec;
    const std::size_t used = put({head.data(), head.size()}, ec);
    return !ec && is_done() && used == head.size();
  }
  bool is_http10() const { return http10_; }
  bool expects_continue() const { return expects_continue_; }
  bool has_unknown_expectation() const { return unknown_expectation_; }

 private:
  void on_request_impl(http::verb, BoostView method, BoostView target, int version, error_code&) override {
    http10_ = version == 10;
    request_.method = View(method);
    request_.target = View(target);
    request_.headers.reserve(kUsualFields);
  }
  void on_response_impl(int, BoostView, int, error_code&) override {}

  void on_field_impl(http::field field, BoostView name, BoostView value, error_code& ec) override {
    if (field == http::field::transfer_encoding &&
        (http10_ || !base::EqualsIgnoreAsciiCase(View(value), "chunked"))) {
      ec = http::error::bad_transfer_encoding;
    } else if (field == http::field::host && ++hosts_ > 1) {
      ec = http::error::bad_field;
    } else if (field == http::field::expect && !http10_) {
      const bool known = base::EqualsIgnoreAsciiCase(View(value), "100-continue");
      (known ? expects_continue_ : unknown_expectation_) = true;
    }
    request_.headers.emplace_back(View(name), View(value));
  }
  void on_header_impl(error_code& ec) override {
    if (!http10_ && hosts_ == 0) ec = http::error::bad_field;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(BoostView, error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, BoostView, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BoostView, error_code&) override { return 0; }
  void on_finish_impl(error_code&) override {}

  base::HttpRequest& request_;
  int hosts_ = 0;
  bool http10_ = false;
  bool expects_continue_ = false;
  bool unknown_expectation_ = false;
};

// The end of the head that starts at the front of `bytes`, or 0; the first `searched` bytes are known not to
// hold it.
std::size_t FindHeadEnd(std::string_view bytes, std::size_t searched) {
  const std::size_t from = searched - std::min(searched, kHeadEnd.size() - 1);
  const std::size_t place = bytes.find(kHeadEnd, from);
  return place == std::string_view::npos ? 0 : place + kHeadEnd.size();
}

// Methods are tokens, and all in use start with a letter. Another protocol on this port is told at once.
bool CanStartRequest(char c) {
  return base::AsciiUpper(c) >= 'A' && base::AsciiUpper(c) <= 'Z';
}

}  // namespace

class RequestReader::Impl {
 public:
  explicit Impl(const Limits& limits) : limits_(limits) {
    buffer_.resize(std::min(kFirstBuffer, limits.header_bytes));
  }

  std::span<char> Space() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size() && begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == buffer_.size()) buffer_.resize(std::min(buffer_.size() * 2, limits_.header_bytes));
    return std::span(buffer_).subspan(end_);
  }
  void Commit(std::size_t bytes_read) { end_ += bytes_read; }

  Progress Advance() {
    if (refusal_status_ != 0) return Progress::kRefused;
    if (head_read_) return ReadBody();
    const Progress progress = ReadHead();
    return progress == Progress::kHeadRead && BodyIsHere() ? ReadBody() : progress;
  }

  base::HttpRequest Take() {
    head_read_ = false;
    searched_ = 0;
    chunked_.reset();
    return std::exchange(request_, {});
  }

  bool has_started() const { return head_read_ || begin_ != end_; }
  bool keeps_alive() const { return keeps_alive_; }
  bool expects_continue() const { return expects_continue_; }
  bool is_http10() const { return http10_; }
  std::size_t body_memory() const {
    const std::size_t memory = request_.body.capacity();
    return memory > std::string().capacity() ? memory : 0;
  }
  int refusal_status() const { return refusal_status_; }

 private:
  std::string_view Unread() const { return {buffer_.data() + begin_, end_ - begin_}; }

  Progress ReadHead() {
    SkipEmptyLines();
    const std::string_view unread = Unread();
    if (unread.empty() || unread == "\r") return Progress::kNeedMore;
    if (!CanStartRequest(unread.front())) return Refuse(400);
    const std::size_t head = FindHeadEnd(unread, searched_);
    if (head == 0 && unread.size() < limits_.header_bytes) {
      searched_ = unread.size();
      return Progress::kNeedMore;
    }
    if (head == 0 || head > limits_.header_bytes) return Refuse(400);
    HeadParser parser(request_);
    if (!parser.Parse(unread.substr(0, head))) return Refuse(400);
    begin_ += head;
    head_read_ = true;
    keeps_alive_ = parser.keep_alive();
    http10_ = parser.is_http10();
    expects_continue_ = parser.expects_continue();
    if (parser.has_unknown_expectation()) return Refuse(417);
    if (parser.chunked()) {
      chunked_.emplace(limits_.body_bytes, limits_.header_bytes);
      return Progress::kHeadRead;
    }
    body_left_ = parser.content_length().value_or(0);
    if (body_left_ > limits_.body_bytes) return Refuse(413);
    request_.body.reserve(static_cast<std::size_t>(std::min<uint64_t>(body_left_, kTrustedReserve)));
    return Progress::kHeadRead;
  }

  // Whether the body follows without a wait; the caller need not say `100 Continue` then.
  bool BodyIsHere() const { return chunked_ ? begin_ != end_ : Unread().size() >= body_left_; }

  Progress ReadBody() {
    std::string_view unread = Unread();
    if (!chunked_) {
      const std::size_t count = static_cast<std::size_t>(std::min<uint64_t>(body_left_, unread.size()));
      GrowBody(count);
      request_.body.append(unread.substr(0, count));
      body_left_ -= count;
      begin_ += count;
      return body_left_ == 0 ? Progress::kComplete : Progress::kNeedMore;
    }
    const ChunkedBody::Outcome outcome = chunked_->Feed(unread, request_.body);
    begin_ = end_ - unread.size();
    switch (outcome) {
      case ChunkedBody::Outcome::kNeedMore:
        return Progress::kNeedMore;
      case ChunkedBody::Outcome::kDone:
        return Progress::kComplete;
      case ChunkedBody::Outcome::kTooLarge:
        return Refuse(413);
      case ChunkedBody::Outcome::kBroken:
        break;
    }
    return Refuse(400);
  }

  // Room for `count` more bytes: doubled as always, but never beyond what was announced.
  void GrowBody(std::size_t count) {
    std::string& body = request_.body;
    if (body.size() + count <= body.capacity()) return;
    const std::size_t wanted = std::max(2 * body.capacity(), body.size() + count);
    std::string grown;  // reserve() of a string that has memory may double it
    grown.reserve(static_cast<std::size_t>(std::min<uint64_t>(wanted, body.size() + body_left_)));
    grown.append(body);
    body.swap(grown);
  }

  // Empty lines before a request line are tolerated (RFC 9112 section 2.2); some clients send one after a
  // body.
  void SkipEmptyLines() {
    while (Unread().starts_with("\r\n")) begin_ += 2;
  }
  Progress Refuse(int status) {
    refusal_status_ = status;
    return Progress::kRefused;
  }

  const Limits& limits_;
  std::vector<char> buffer_;  // bytes received and not read yet are [begin_, end_)
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t searched_ = 0;  // bytes of a head begun at begin_ that hold no end of it

  base::HttpRequest request_;
  bool head_read_ = false;
  bool keeps_alive_ = false;
  bool http10_ = false;
  bool expects_continue_ = false;
  uint64_t body_left_ = 0;              // of an announced length
  std::optional<ChunkedBody> chunked_;  // instead of it
  int refusal_status_ = 0;
};

RequestReader::RequestReader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;
std::span<char> RequestReader::Space() {
  return impl_->Space();
}
void RequestReader::Commit(std::size_t bytes_read) {
  impl_->Commit(bytes_read);
}
RequestReader::Progress RequestReader::Advance() {
  return impl_->Advance();
}
bool RequestReader::has_started() const {
  return impl_->has_started();
}
std::size_t RequestReader::body_memory() const {
  return impl_->body_memory();
}
bool RequestReader::keeps_alive() const {
  return impl_->keeps_alive();
}
bool RequestReader::expects_continue() const {
  return impl_->expects_continue();
}
bool RequestReader::is_http10() const {
  return impl_->is_http10();
}
base::HttpRequest RequestReader::TakeRequest() {
  return impl_->Take();
}
int RequestReader::refusal_status() const {
  return impl_->refusal_status();
}

}  // namespace wardkeep::net
