#include "crypto/sealing.h"

#include <gtest/gtest.h>

#include <set>

#include "crypto/system_rng.h"

namespace wardkeep::crypto {
namespace {

KeyBytes KeyOf(uint8_t byte) {
  std::array<uint8_t, KeyBytes::kSize> bytes{};
  bytes.fill(byte);
  return KeyBytes(bytes);
}

class Sealing : public testing::Test {
 protected:
  SystemRng rng_;
  Sealer sealer_{KeyOf(1), rng_};
  SealingKey key_ = sealer_.ForPurpose("test");
};

TEST_F(Sealing, OpensWhatItSealed) {
  for (const std::string& plain : {std::string(), std::string("secret"), std::string(5000, '\0')}) {
    const std::string sealed = key_.Seal(plain, "owner");
    EXPECT_EQ(sealed.size(), plain.size() + kSealingOverhead);
    const auto opened = key_.Open(sealed, "owner");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->Reveal(), plain);
  }
}

TEST_F(Sealing, NeverSealsTheSameTextTheSameWay) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(key_.Seal("secret", "owner"));
  EXPECT_EQ(seen.size(), 100U);
}

TEST_F(Sealing, RefusesEveryFlippedBit) {
  const std::string sealed = key_.Seal("secret", "owner");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = sealed;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(key_.Open(changed, "owner")) << i;
    }
  }
}

TEST_F(Sealing, RefusesEveryTruncationAndExtension) {
  const std::string sealed = key_.Seal("secret", "owner");
  for (std::size_t i = 0; i < sealed.size(); ++i) EXPECT_FALSE(key_.Open(sealed.substr(0, i), "owner")) << i;
  EXPECT_FALSE(key_.Open(sealed + '\0', "owner"));
}

TEST_F(Sealing, IsBoundToOwnerPurposeAndMasterKey) {
  const std::string sealed = key_.Seal("secret", "owner");
  EXPECT_FALSE(key_.Open(sealed, "other"));
  EXPECT_FALSE(key_.Open(sealed, ""));
  EXPECT_FALSE(sealer_.ForPurpose("test2").Open(sealed, "owner"));
  EXPECT_FALSE(Sealer(KeyOf(2), rng_).ForPurpose("test").Open(sealed, "owner"));
  EXPECT_TRUE(Sealer(KeyOf(1), rng_).ForPurpose("test").Open(sealed, "owner"));
}

TEST(KeyBytes, MovingLeavesNothingBehind) {
  KeyBytes from = KeyOf(7);
  const KeyBytes to = std::move(from);
  EXPECT_EQ(to.Reveal()[31], 7);
  EXPECT_EQ(from.Reveal()[31], 0);  // NOLINT(bugprone-use-after-move): what the test is about
}

TEST(SystemRng, FillsWithDifferentBytes) {
  SystemRng rng;
  std::array<uint8_t, 32> a{};
  std::array<uint8_t, 32> b{};
  rng.Fill(a);
  rng.Fill(b);
  EXPECT_NE(a, b);
  rng.Fill({});
}

}  // namespace
}  // namespace wardkeep::crypto
