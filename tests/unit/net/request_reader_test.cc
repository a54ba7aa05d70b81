#include "net/request_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace wardkeep::net {
namespace {

using Progress = RequestReader::Progress;

// Feeds `bytes` in pieces of `piece` bytes and writes down what comes out.
std::string Transcript(const Limits& limits, std::string_view bytes, std::size_t piece) {
  RequestReader reader(limits);
  std::string out;
  while (true) {
    switch (reader.Advance()) {
      case Progress::kComplete: {
        out += reader.keeps_alive() ? "keep " : "close ";
        const base::HttpRequest request = reader.TakeRequest();
        out += request.method + " " + request.target + " ";
        for (const auto& [name, value] : request.headers) out += name + "=" + value + ",";
        out += " " + request.body + "\n";
        break;
      }
      case Progress::kHeadRead:
        break;
      case Progress::kRefused:
        return out + "refused " + std::to_string(reader.refusal_status());
      case Progress::kNeedMore: {
        if (bytes.empty()) return out + (reader.has_started() ? "partial" : "end");
        const std::span<char> space = reader.Space();
        const std::size_t count = std::min({piece, space.size(), bytes.size()});
        EXPECT_GT(space.size(), 0U);
        std::memcpy(space.data(), bytes.data(), count);
        bytes.remove_prefix(count);
        reader.Commit(count);
      }
    }
  }
}

// The requests of a transcript without its last line: how a broken rest ends (refused, or waiting for more)
// may depend on where it was cut, what is handed out may not.
std::string Requests(const std::string& transcript) {
  return transcript.substr(0, transcript.rfind('\n') + 1);
}

constexpr std::string_view kSeeds[] = {
    "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc",
    "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n0\r\nT: "
    "v\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nFolded: a\r\n b\r\n\r\n",
    "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
};

TEST(RequestReader, SeesTheSameRequestsHoweverTheBytesAreCut) {
  const Limits limits;
  for (std::string_view seed : kSeeds) {
    const std::string whole = Transcript(limits, seed, seed.size());
    EXPECT_TRUE(whole.ends_with("\nend")) << whole;
    for (std::size_t piece = 1; piece < 12; ++piece)
      EXPECT_EQ(Transcript(limits, seed, piece), whole) << piece;
  }
}

// Every single changed byte, cut in two ways: the reader must end, agree with itself, and stay inside its
// limits.
TEST(RequestReader, SurvivesEveryChangedByte) {
  Limits limits;
  limits.body_bytes = 64;
  for (std::string_view seed : kSeeds) {
    for (std::size_t place = 0; place < seed.size(); ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string changed(seed);
        changed[place] = static_cast<char>(byte);
        ASSERT_EQ(Requests(Transcript(limits, changed, 1)), Requests(Transcript(limits, changed, 7)))
            << place << " " << byte;
      }
    }
  }
}

TEST(RequestReader, SurvivesEveryTruncationAndRepetition) {
  const Limits limits;
  for (std::string_view seed : kSeeds) {
    for (std::size_t length = 0; length < seed.size(); ++length) {
      const std::string cut = std::string(seed.substr(0, length)) + std::string(seed);
      ASSERT_EQ(Requests(Transcript(limits, cut, 1)), Requests(Transcript(limits, cut, cut.size())))
          << length;
    }
  }
}

TEST(RequestReader, KeepsItsBufferBounded) {
  Limits limits;
  limits.header_bytes = 1000;
  const std::string endless(100'000, 'a');
  EXPECT_EQ(Transcript(limits, endless, 4096), "refused 400");
  EXPECT_EQ(Transcript(limits, "GET / HTTP/1.1\r\nHost: h\r\nX: " + endless, 1), "refused 400");
  std::string fields = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 1000; ++i) fields += "X: 1\r\n";
  EXPECT_EQ(Transcript(limits, fields, 3), "refused 400");
}

TEST(RequestReader, CountsTrailersAgainstTheHeaderLimit) {
  Limits limits;
  limits.header_bytes = 1000;
  std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
  for (int i = 0; i < 10'000; ++i) bytes += "X: 1\r\n";
  EXPECT_EQ(Transcript(limits, bytes + "\r\n", 500), "refused 400");
}

}  // namespace
}  // namespace wardkeep::net
