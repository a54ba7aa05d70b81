// Decodes the `chunked` transfer coding (RFC 9112 section 7.1) byte by byte, so that the result cannot depend
// on how the bytes are cut into reads. Chunk extensions and trailers are skipped: nothing signed or trusted
// may hide there.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wardkeep::net {

class ChunkedBody {
 public:
  enum class Outcome { kNeedMore, kDone, kBroken, kTooLarge };

  // `body_bytes` bounds the decoded body, `skipped_bytes` all chunk extensions and trailers together.
  ChunkedBody(std::size_t body_bytes, std::size_t skipped_bytes)
      : body_bytes_(body_bytes), skipped_left_(skipped_bytes) {}

  // Takes from the front of `bytes` what belongs to this body and appends the data to `body`.
  Outcome Feed(std::string_view& bytes, std::string& body);

 private:
  enum class State {
    kSize,
    kExtension,
    kSizeEnd,
    kData,
    kDataReturn,
    kDataEnd,
    kLine,
    kTrailer,
    kTrailerEnd,
    kEnd
  };

  // One byte of framing.
  Outcome Step(char c, std::size_t body_size);
  Outcome ReadSize(char c, std::size_t body_size);
  Outcome Skip(char c, State at_return);
  Outcome Expect(char c, char wanted, State next);

  const std::size_t body_bytes_;
  std::size_t skipped_left_;
  State state_ = State::kSize;
  uint64_t chunk_left_ = 0;
  int digits_ = 0;  // of the current chunk size
};

}  // namespace wardkeep::net
