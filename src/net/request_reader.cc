// The parser asserts one internal expectation about a final chunk that a client can break by sending it in
// pieces; the code after the assertion handles that case. An assertion must not be reachable from input, so
// they are off in this file, which is the only one that instantiates the parser.
#define BOOST_DISABLE_ASSERTS
#include "net/request_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <optional>
#include <vector>

#include "base/ascii.h"

namespace wardkeep::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr std::size_t kFirstBuffer = 4096;
constexpr std::size_t kBufferBeyondHeader = 1024;   // chunk headers and trailers must fit here too
constexpr std::size_t kTrustedReserve = 64 * 1024;  // of an announced length, before a byte of it has come
constexpr std::size_t kUsualFields = 16;

std::string_view View(string_view text) {
  return {text.data(), text.size()};
}

// Collects one request from the parser's events.
class Parser final : public http::basic_parser<true> {
 public:
  Parser(std::size_t header_bytes, std::size_t body_bytes) : header_bytes_left_(header_bytes) {
    eager(true);
    header_limit(static_cast<std::uint32_t>(header_bytes));
    body_limit(body_bytes);
  }

  base::HttpRequest request;
  bool http10 = false;
  bool expects_continue = false;
  bool unknown_expectation = false;
  bool head_read = false;

 private:
  void on_request_impl(http::verb, string_view method, string_view target, int version,
                       error_code& ec) override {
    http10 = version == 10;
    Charge(method.size() + target.size() + 12, ec);
    request.method.assign(method.data(), method.size());
    request.target.assign(target.data(), target.size());
    request.headers.reserve(kUsualFields);
  }
  void on_response_impl(int, string_view, int, error_code&) override {}

  void on_field_impl(http::field field, string_view name, string_view value, error_code& ec) override {
    Charge(name.size() + value.size() + 4, ec);
    if (ec || head_read) return;  // trailers are read and forgotten: nothing signed or trusted may hide there
    if (field == http::field::transfer_encoding &&
        (http10 || !base::EqualsIgnoreAsciiCase(View(value), "chunked"))) {
      ec = http::error::bad_transfer_encoding;
      return;
    }
    if (field == http::field::host && ++hosts_ > 1) {
      ec = http::error::bad_field;
      return;
    }
    if (field == http::field::expect && !http10) {
      const bool known = base::EqualsIgnoreAsciiCase(View(value), "100-continue");
      (known ? expects_continue : unknown_expectation) = true;
    }
    request.headers.emplace_back(View(name), View(value));
  }

  void on_header_impl(error_code& ec) override {
    head_read = true;
    if (!http10 && hosts_ == 0) ec = http::error::bad_field;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length)
      request.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, kTrustedReserve)));
  }
  std::size_t on_body_impl(string_view bytes, error_code&) override { return Append(bytes); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&) override {
    return Append(bytes);
  }
  void on_finish_impl(error_code&) override {}

  std::size_t Append(string_view bytes) {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  // The parser's own limit starts anew with each call; this one holds for the whole head and trailer.
  void Charge(std::size_t bytes, error_code& ec) {
    if (bytes > header_bytes_left_) {
      ec = http::error::header_limit;
    } else {
      header_bytes_left_ -= bytes;
    }
  }

  std::size_t header_bytes_left_;
  int hosts_ = 0;
};

}  // namespace

class RequestReader::Impl {
 public:
  explicit Impl(const Limits& limits)
      : limits_(limits), capacity_limit_(limits.header_bytes + kBufferBeyondHeader) {
    buffer_.resize(std::min(kFirstBuffer, capacity_limit_));
    parser_.emplace(limits_.header_bytes, limits_.body_bytes);
  }

  std::span<char> Space() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size() && begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == buffer_.size()) buffer_.resize(std::min(buffer_.size() * 2, capacity_limit_));
    return std::span(buffer_).subspan(end_);
  }
  void Commit(std::size_t bytes_read) { end_ += bytes_read; }

  Progress Advance() {
    if (refusal_status_ != 0) return Progress::kRefused;
    if (!parsing_) SkipEmptyLines();
    if (begin_ == end_) return Progress::kNeedMore;
    parsing_ = true;
    error_code ec;
    begin_ += parser_->put({buffer_.data() + begin_, end_ - begin_}, ec);
    if (ec == http::error::need_more) {
      if (end_ - begin_ >= capacity_limit_) return Refuse(400);
      ec = {};
    }
    if (ec) return Refuse(ec == http::error::body_limit ? 413 : 400);
    if (parser_->head_read && parser_->unknown_expectation) return Refuse(417);
    if (parser_->is_done()) return Progress::kComplete;
    if (parser_->head_read && !head_reported_) {
      head_reported_ = true;
      return Progress::kHeadRead;
    }
    return Progress::kNeedMore;
  }

  base::HttpRequest Take() {
    base::HttpRequest request = std::move(parser_->request);
    parser_.emplace(limits_.header_bytes, limits_.body_bytes);
    parsing_ = head_reported_ = false;
    return request;
  }

  bool has_started() const { return parsing_ || begin_ != end_; }
  const Parser& parser() const { return *parser_; }
  int refusal_status() const { return refusal_status_; }

 private:
  // Empty lines before a request line are tolerated (RFC 9112 section 2.2); some clients send one after a
  // body.
  void SkipEmptyLines() {
    while (end_ - begin_ >= 2 && buffer_[begin_] == '\r' && buffer_[begin_ + 1] == '\n') begin_ += 2;
  }
  Progress Refuse(int status) {
    refusal_status_ = status;
    return Progress::kRefused;
  }

  const Limits& limits_;
  const std::size_t capacity_limit_;
  std::vector<char> buffer_;  // bytes received and not parsed yet are [begin_, end_)
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::optional<Parser> parser_;
  bool parsing_ = false;
  bool head_reported_ = false;
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
bool RequestReader::keeps_alive() const {
  return impl_->parser().keep_alive();
}
bool RequestReader::expects_continue() const {
  return impl_->parser().expects_continue;
}
bool RequestReader::is_http10() const {
  return impl_->parser().http10;
}
base::HttpRequest RequestReader::TakeRequest() {
  return impl_->Take();
}
int RequestReader::refusal_status() const {
  return impl_->refusal_status();
}

}  // namespace wardkeep::net
