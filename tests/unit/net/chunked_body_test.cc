#include "net/chunked_body.h"

#include <gtest/gtest.h>

#include <string>

namespace wardkeep::net {
namespace {

using Outcome = ChunkedBody::Outcome;

struct ChunkCase {
  std::string bytes;
  Outcome outcome;
  std::string body;
  std::string_view rest;  // what is left for the next request
};

TEST(ChunkedBody, DecodesHoweverTheBytesAreCut) {
  const std::string zeros(16, '0');
  const ChunkCase cases[] = {
      {"0\r\n\r\nGET", Outcome::kDone, "", "GET"},
      {"3\r\nabc\r\n0\r\n\r\n", Outcome::kDone, "abc", ""},
      {"3\r\nabc\r\nA;x=\"\xff;\"; y\r\n0123456789\r\n00;z\r\nTrailer: 1\r\nB:2\r\n\r\nX", Outcome::kDone,
       "abc0123456789", "X"},
      {"1 \r\na\r\n0\t\r\n\r\n", Outcome::kDone, "a", ""},
      {"a\r\n\r\n0\r\n\r\n\r\n0\r\n0\r\n\r\n", Outcome::kDone, "\r\n0\r\n\r\n\r\n0", ""},
      {zeros + "\r\n\r\n", Outcome::kDone, "", ""},
      {"0" + zeros + "\r\n\r\n", Outcome::kBroken, "", "\r\n\r\n"},
      {"14\r\n", Outcome::kNeedMore, "", ""},
      {"15\r\n", Outcome::kTooLarge, "", "\r\n"},
      {"a\r\n0123456789\r\nb\r\n", Outcome::kTooLarge, "0123456789", "\r\n"},
      {"ffffffffffffffff\r\n", Outcome::kTooLarge, "", "ffffffffffffff\r\n"},
      {"\r\n", Outcome::kBroken, "", "\n"},
      {"-1\r\n", Outcome::kBroken, "", "1\r\n"},
      {"0x1\r\n", Outcome::kBroken, "", "1\r\n"},
      {"1\na", Outcome::kBroken, "", "a"},
      {"1\r\rab", Outcome::kBroken, "", "ab"},
      {"1\r\nab", Outcome::kBroken, "a", ""},
      {"1\r\na\r0\r\n\r\n", Outcome::kBroken, "a", "\r\n\r\n"},
      {"1;a\nb\r\n", Outcome::kBroken, "", "b\r\n"},
      {"0\r\nT: \x01\r\n\r\n", Outcome::kBroken, "", "\r\n\r\n"},
      {"0\r\n\rX", Outcome::kBroken, "", ""},
      {"1;" + std::string(31, 'e') + "\r\n", Outcome::kBroken, "", "\r\n"},
      {"0\r\n" + std::string(31, 't') + "\r\n", Outcome::kBroken, "", "\r\n"},
  };
  for (const auto& [bytes, outcome, body, rest] : cases) {
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
      ChunkedBody decoder(20, 30);
      std::string decoded;
      std::size_t used = 0;
      Outcome seen = Outcome::kNeedMore;
      while (seen == Outcome::kNeedMore && used < bytes.size()) {
        std::string_view next = std::string_view(bytes).substr(used, piece);
        const std::size_t given = next.size();
        seen = decoder.Feed(next, decoded);
        used += given - next.size();
      }
      EXPECT_EQ(static_cast<int>(seen), static_cast<int>(outcome)) << bytes << " by " << piece;
      EXPECT_EQ(decoded, body) << bytes << " by " << piece;
      EXPECT_EQ(bytes.substr(used), rest) << bytes << " by " << piece;
    }
  }
}

}  // namespace
}  // namespace wardkeep::net
