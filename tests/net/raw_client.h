// A client that sends exactly the bytes it is told to. Every read gives up after ten seconds, so that a
// listener that hangs fails the test instead of stopping it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace wardkeep::net {

struct RawResponse {
  int status = 0;
  std::string head;                            // status line and fields as received
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

class RawClient {
 public:
  static RawClient Tcp(uint16_t port);
  static RawClient Unix(const std::string& path);

  bool is_connected() const { return connected_; }
  // False when the peer has closed.
  bool Send(std::string_view bytes);
  void HalfClose();
  // The next response; `body_follows` false for answers to HEAD. nullopt at the end of the stream or on
  // time-out.
  enum class Body { kFollows, kNone };
  std::optional<RawResponse> Read(Body body = Body::kFollows);
  // Everything up to the end of the stream.
  std::string ReadAll();
  // True when the peer closes within `patience` (bytes that come before are dropped).
  bool ClosesWithin(std::chrono::milliseconds patience);

 private:
  explicit RawClient(int family);
  bool Fill();

  base::Descriptor socket_;
  bool connected_ = false;
  std::string buffer_;
};

// A complete request with Host and, when `body` is not empty, Content-Length.
std::string Request(std::string_view method, std::string_view target, std::string_view body = {},
                    std::string_view more_fields = {});

}  // namespace wardkeep::net
