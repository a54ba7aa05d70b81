#include "net/chunked_body.h"

#include <algorithm>

namespace wardkeep::net {
namespace {

// The value of a hexadecimal digit, or -1.
int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr int kMostDigits = 16;  // leading zeros included

bool IsControl(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

}  // namespace

ChunkedBody::Outcome ChunkedBody::Feed(std::string_view& bytes, std::string& body) {
  while (!bytes.empty()) {
    if (state_ == State::kData) {
      const std::size_t count = static_cast<std::size_t>(std::min<uint64_t>(chunk_left_, bytes.size()));
      body.append(bytes.substr(0, count));
      bytes.remove_prefix(count);
      chunk_left_ -= count;
      if (chunk_left_ == 0) state_ = State::kDataReturn;
      continue;
    }
    const char c = bytes.front();
    bytes.remove_prefix(1);
    if (const Outcome outcome = Step(c, body.size()); outcome != Outcome::kNeedMore) return outcome;
  }
  return Outcome::kNeedMore;
}

ChunkedBody::Outcome ChunkedBody::ReadSize(char c, std::size_t body_size) {
  if (const int digit = HexValue(c); digit >= 0) {
    if (++digits_ > kMostDigits) return Outcome::kBroken;
    // Cannot overflow: it is refused as soon as it exceeds the room left.
    chunk_left_ = chunk_left_ * 16 + static_cast<uint64_t>(digit);
    return chunk_left_ > body_bytes_ - body_size ? Outcome::kTooLarge : Outcome::kNeedMore;
  }
  if (digits_ == 0) return Outcome::kBroken;
  if (c == '\r') {
    state_ = State::kSizeEnd;
  } else if (c == ';' || c == ' ' || c == '\t') {
    state_ = State::kExtension;
  } else {
    return Outcome::kBroken;
  }
  return Outcome::kNeedMore;
}

ChunkedBody::Outcome ChunkedBody::Skip(char c, State at_return) {
  if (c == '\r') {
    state_ = at_return;
    return Outcome::kNeedMore;
  }
  if (IsControl(c) || skipped_left_ == 0) return Outcome::kBroken;
  --skipped_left_;
  return Outcome::kNeedMore;
}

ChunkedBody::Outcome ChunkedBody::Expect(char c, char wanted, State next) {
  state_ = next;
  return c == wanted ? Outcome::kNeedMore : Outcome::kBroken;
}

ChunkedBody::Outcome ChunkedBody::Step(char c, std::size_t body_size) {
  switch (state_) {
    case State::kSize:
      return ReadSize(c, body_size);
    case State::kExtension:
      return Skip(c, State::kSizeEnd);
    case State::kSizeEnd:
      return Expect(c, '\n', chunk_left_ == 0 ? State::kLine : State::kData);
    case State::kDataReturn:
      digits_ = 0;
      return Expect(c, '\r', State::kDataEnd);
    case State::kDataEnd:
      return Expect(c, '\n', State::kSize);
    case State::kLine:
      state_ = State::kTrailer;
      return Skip(c, State::kEnd);
    case State::kTrailer:
      return Skip(c, State::kTrailerEnd);
    case State::kTrailerEnd:
      return Expect(c, '\n', State::kLine);
    case State::kEnd:
      return c == '\n' ? Outcome::kDone : Outcome::kBroken;
    case State::kData:
      break;
  }
  return Outcome::kBroken;
}

}  // namespace wardkeep::net
