// One-time passwords against the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B).
#include "auth/totp.h"

#include <gtest/gtest.h>

#include "base/base64.h"

namespace wardkeep::auth {
namespace {

using entity::TotpForm;
using entity::TotpHash;

constexpr std::string_view kSeed20 = "12345678901234567890";
constexpr std::string_view kSeed32 = "12345678901234567890123456789012";
constexpr std::string_view kSeed64 = "1234567890123456789012345678901234567890123456789012345678901234";

struct Vector {
  int64_t seconds;
  TotpHash hash;
  std::string_view seed;
  std::string_view code;
};

TEST(Totp, GivesTheCodesOfRfc6238) {
  const Vector vectors[] = {{59, TotpHash::kSha1, kSeed20, "94287082"},
                            {59, TotpHash::kSha256, kSeed32, "46119246"},
                            {59, TotpHash::kSha512, kSeed64, "90693936"},
                            {1111111109, TotpHash::kSha1, kSeed20, "07081804"},
                            {1111111109, TotpHash::kSha256, kSeed32, "68084774"},
                            {1111111109, TotpHash::kSha512, kSeed64, "25091201"},
                            {1111111111, TotpHash::kSha1, kSeed20, "14050471"},
                            {1111111111, TotpHash::kSha256, kSeed32, "67062674"},
                            {1111111111, TotpHash::kSha512, kSeed64, "99943326"},
                            {1234567890, TotpHash::kSha1, kSeed20, "89005924"},
                            {1234567890, TotpHash::kSha256, kSeed32, "91819424"},
                            {1234567890, TotpHash::kSha512, kSeed64, "93441116"},
                            {2000000000, TotpHash::kSha1, kSeed20, "69279037"},
                            {2000000000, TotpHash::kSha256, kSeed32, "90698825"},
                            {2000000000, TotpHash::kSha512, kSeed64, "38618901"},
                            {20000000000, TotpHash::kSha1, kSeed20, "65353130"},
                            {20000000000, TotpHash::kSha256, kSeed32, "77737706"},
                            {20000000000, TotpHash::kSha512, kSeed64, "47863826"}};
  for (const Vector& vector : vectors) {
    const TotpForm form{vector.hash, 30};
    const int64_t step = TotpStepAt(base::FromUnixSeconds(vector.seconds), form);
    EXPECT_EQ(TotpCode(base::AsBytes(vector.seed), form, step, 8), vector.code) << vector.seconds;
  }
}

TEST(Totp, GivesTheCodesOfRfc4226) {
  const std::string_view codes[] = {"755224", "287082", "359152", "969429", "338314",
                                    "254676", "287922", "162583", "399871", "520489"};
  for (int64_t step = 0; step < 10; ++step) {
    EXPECT_EQ(TotpCode(base::AsBytes(kSeed20), {}, step), codes[step]);
  }
}

TEST(Totp, CountsPeriodsOfItsOwnLength) {
  const base::Instant now = base::FromUnixSeconds(125);
  EXPECT_EQ(TotpStepAt(now, {TotpHash::kSha1, 30}), 4);
  EXPECT_EQ(TotpStepAt(now, {TotpHash::kSha1, 60}), 2);
}

TEST(Totp, FindsAStepInTheWindowOnly) {
  const auto seed = base::AsBytes(kSeed20);
  struct Case {
    std::string_view code;
    TotpWindow window;
    std::optional<int64_t> step;
  };
  const Case cases[] = {
      {"338314", {4, 0}, 4},  {"338314", {5, 1}, 4},    {"338314", {3, 1}, 4},     {"338314", {6, 1}, {}},
      {"338314", {2, 1}, {}}, {"338314", {4, 1, 3}, 4}, {"338314", {4, 1, 4}, {}}, {"338314", {4, 1, 9}, {}},
      {"338315", {4, 5}, {}}, {"755224", {0, 1}, 0},    {"38314", {4, 1}, {}},     {"0338314", {4, 1}, {}},
      {"", {4, 1}, {}},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(FindTotpStep(seed, {}, each.code, each.window), each.step)
        << each.code << " around " << each.window.centre;
  }
}

TEST(Totp, TakesConsecutiveCodesInOrderOnly) {
  const auto seed = base::AsBytes(kSeed20);
  EXPECT_EQ(FindTotpPair(seed, {}, "969429", "338314", {4, 0}), 4);
  EXPECT_EQ(FindTotpPair(seed, {}, "969429", "338314", {9, 5}), 4);
  EXPECT_FALSE(FindTotpPair(seed, {}, "338314", "969429", {4, 5}));     // reversed
  EXPECT_FALSE(FindTotpPair(seed, {}, "359152", "338314", {4, 5}));     // one left out
  EXPECT_FALSE(FindTotpPair(seed, {}, "338314", "338314", {4, 5}));     // the same twice
  EXPECT_FALSE(FindTotpPair(seed, {}, "969429", "338314", {4, 5, 3}));  // the first was used
  EXPECT_FALSE(FindTotpPair(seed, {}, "969429", "338314", {6, 1}));
}

}  // namespace
}  // namespace wardkeep::auth
