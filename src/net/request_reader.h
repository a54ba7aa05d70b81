// Turns the bytes of one connection into requests: an incremental HTTP/1.x parser without any input or output
// of its own. Pipelined requests come out one by one in order. Nothing is decoded: target, header names and
// values are the bytes the client sent, because signatures cover them (sigv4.md).
//
//   while (reader.Advance() == Progress::kNeedMore) reader.Commit(Read(reader.Space()));
//
// Refused: broken framing, both lengths at once, any transfer coding but `chunked`, HTTP/1.1 without exactly
// one Host, control characters. Thread-safety: none, one connection owns it. Memory: at most header_bytes + 1
// KiB of buffer plus the body received so far.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/http_message.h"
#include "net/limits.h"

namespace wardkeep::net {

class RequestReader {
 public:
  enum class Progress {
    kNeedMore,  // read more bytes, then Commit()
    kHeadRead,  // reported once per request that has a body still to come
    kComplete,  // TakeRequest() returns it
    kRefused,   // refusal_status() says why; nothing more can be read from this connection
  };

  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  // Room for the next read; never empty after kNeedMore.
  std::span<char> Space();
  void Commit(std::size_t bytes_read);
  Progress Advance();

  // True when at least one byte of the current request is here.
  bool has_started() const;

  // Of the current request's body, so far; memory that has been taken, not only what has arrived.
  std::size_t body_memory() const;

  // Valid after kHeadRead and kComplete.
  bool keeps_alive() const;
  bool expects_continue() const;  // HTTP/1.1 and `Expect: 100-continue`
  bool is_http10() const;

  // After kComplete: hands the request out (without peer and secure) and starts the next one. Before
  // that: only to drop a request that is given up together with its connection.
  base::HttpRequest TakeRequest();

  int refusal_status() const;  // 400, 413 or 417

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardkeep::net
