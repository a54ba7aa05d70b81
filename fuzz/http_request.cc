// Any bytes as a connection: the first byte says how the rest is cut. The requests handed out must not depend
// on the cut, and the reader must end within its limits.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "net/request_reader.h"

namespace {

using wardkeep::net::Limits;
using wardkeep::net::RequestReader;
using Progress = RequestReader::Progress;

void AppendRequest(std::string& out, const wardkeep::base::HttpRequest& request, bool keeps_alive) {
  out += request.method + " " + request.target + (keeps_alive ? " keep\n" : " close\n");
  for (const auto& [name, value] : request.headers) out += name + "=" + value + "\n";
  out += request.body + "\n";
}

std::string Requests(const Limits& limits, std::string_view bytes, std::size_t piece) {
  RequestReader reader(limits);
  std::string out;
  while (true) {
    const Progress progress = reader.Advance();
    if (progress == Progress::kRefused) return out;
    if (progress == Progress::kHeadRead) continue;
    if (progress == Progress::kComplete) {
      const bool keeps_alive = reader.keeps_alive();
      const wardkeep::base::HttpRequest request = reader.TakeRequest();
      WK_ASSERT(request.body.size() <= limits.body_bytes && request.target.size() <= limits.header_bytes);
      AppendRequest(out, request, keeps_alive);
      continue;
    }
    if (bytes.empty()) return out;
    const auto space = reader.Space();
    WK_ASSERT(!space.empty());
    const std::size_t count = std::min({piece, space.size(), bytes.size()});
    std::memcpy(space.data(), bytes.data(), count);
    bytes.remove_prefix(count);
    reader.Commit(count);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  Limits limits;
  limits.header_bytes = 1024;
  limits.body_bytes = 1024;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = std::size_t{data[0]} + 1;
  WK_ASSERT(Requests(limits, bytes, piece) == Requests(limits, bytes, size));
  return 0;
}
