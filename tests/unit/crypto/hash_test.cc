#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/base64.h"
#include "base/hex.h"
#include "crypto/constant_time.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"

namespace wardkeep::crypto {
namespace {

struct DigestCase {
  std::string text;
  std::string_view hex;
};

// FIPS 180-4 examples.
const std::vector<DigestCase>& DigestCases() {
  static const std::vector<DigestCase> cases = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1000000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  return cases;
}

TEST(Sha256, MatchesFips180) {
  for (const DigestCase& c : DigestCases()) EXPECT_EQ(Sha256Hex(c.text), c.hex);
}

TEST(Sha256, StreamingGivesTheSameForEverySplit) {
  const std::string text =
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq and a little more than a block";
  for (std::size_t split = 0; split <= text.size(); ++split) {
    Sha256 hash;
    hash.Update(std::string_view(text).substr(0, split));
    hash.Update(std::string_view(text).substr(split));
    EXPECT_EQ(hash.Finish(), Sha256Of(text)) << split;
  }
}

TEST(Sha256, SeveralStreamsOfOneThreadDoNotMix) {
  std::vector<std::unique_ptr<Sha256>> streams;
  for (int i = 0; i < 8; ++i) streams.push_back(std::make_unique<Sha256>());
  for (int i = 0; i < 8; ++i) streams[static_cast<std::size_t>(i)]->Update(std::to_string(i));
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(streams[static_cast<std::size_t>(i)]->Finish(), Sha256Of(std::to_string(i)));
  }
  streams.clear();
  Sha256 reused;
  EXPECT_EQ(base::HexEncode(reused.Finish()), DigestCases()[0].hex);
}

struct HmacCase {
  std::string key;
  std::string message;
  std::string_view hex;
};

// RFC 4231 test cases 1, 2, 3, 6 and 7, and an empty key.
TEST(HmacSha256, MatchesRfc4231) {
  const std::vector<HmacCase> cases = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The key needs "
       "to be "
       "hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
      {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
  };
  // Twice, because a context is reused and must not remember the key before.
  for (int round = 0; round < 2; ++round) {
    for (const HmacCase& c : cases) {
      EXPECT_EQ(base::HexEncode(HmacSha256(base::AsBytes(c.key), c.message)), c.hex);
    }
  }
}

TEST(HmacSha256, ThreadsDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&wrong, t] {
      const std::string key = "key " + std::to_string(t);
      const Sha256Digest expected = HmacSha256(base::AsBytes(key), "message");
      for (int i = 0; i < 2000; ++i) {
        if (HmacSha256(base::AsBytes(key), "message") != expected) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(ConstantTimeEquals, SeesEveryDifference) {
  const std::string text(64, 'x');
  EXPECT_TRUE(ConstantTimeEquals(text, std::string(64, 'x')));
  EXPECT_TRUE(ConstantTimeEquals("", ""));
  EXPECT_FALSE(ConstantTimeEquals(text, std::string(63, 'x')));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = 'y';
    EXPECT_FALSE(ConstantTimeEquals(text, other)) << i;
  }
}

}  // namespace
}  // namespace wardkeep::crypto
