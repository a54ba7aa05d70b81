#include <gtest/gtest.h>

#include <array>

#include "base/account_id.h"
#include "base/ascii.h"
#include "base/base64.h"
#include "base/hex.h"
#include "base/percent.h"
#include "base/result.h"
#include "base/rng.h"
#include "base/time_text.h"

namespace wardkeep::base {
namespace {

std::string Text(const std::vector<uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

TEST(Hex, RoundTripsAndRefusesOddOrForeign) {
  EXPECT_EQ(HexEncode(AsBytes("\x01\xab")), "01ab");
  EXPECT_EQ(Text(*HexDecode("4A6b")), "Jk");
  EXPECT_FALSE(HexDecode("abc"));
  EXPECT_FALSE(HexDecode("zz"));
}

// The vectors of RFC 4648 section 10.
TEST(Base64, MatchesRfc4648) {
  const std::array<std::array<std::string_view, 2>, 7> cases = {{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}}};
  for (const auto& [plain, coded] : cases) {
    EXPECT_EQ(Base64Encode(AsBytes(plain)), coded);
    EXPECT_EQ(Text(*Base64Decode(coded)), plain);
  }
}

TEST(Base64, RefusesWhatIsNotCanonical) {
  for (std::string_view bad : {"Zg=", "Zg", "Zh==", "Z===", "Zm9v\n", "Zm9-", "===="})
    EXPECT_FALSE(Base64Decode(bad)) << bad;
  EXPECT_EQ(Base64UrlEncode(AsBytes("\xfb\xff")), "-_8");
  EXPECT_TRUE(Base64UrlDecode("-_8"));
  EXPECT_FALSE(Base64UrlDecode("+/8"));
}

TEST(Percent, KeepsOnlyUnreserved) {
  EXPECT_EQ(PercentEncode("a b/~*é"), "a%20b%2F~%2A%C3%A9");
  EXPECT_EQ(PercentEncodePath("/a b"), "/a%20b");
  EXPECT_EQ(*PercentDecode("a+b%20c", PlusSign::kSpace), "a b c");
  EXPECT_EQ(*PercentDecode("a+b", PlusSign::kLiteral), "a+b");
  EXPECT_FALSE(PercentDecode("%2", PlusSign::kSpace));
  EXPECT_FALSE(PercentDecode("%zz", PlusSign::kSpace));
}

TEST(TimeText, RoundTrips) {
  const Instant t = *ParseIso8601("2024-02-29T23:59:58.25Z");
  EXPECT_EQ(FormatIso8601(t), "2024-02-29T23:59:58Z");
  EXPECT_EQ(FormatIsoBasic(t), "20240229T235958Z");
  EXPECT_EQ(FormatHttpDate(t), "Thu, 29 Feb 2024 23:59:58 GMT");
  EXPECT_EQ(FormatIso8601Micros(t), "2024-02-29T23:59:58.250000Z");
  EXPECT_EQ(*ParseHttpDate("Thu, 29 Feb 2024 23:59:58 GMT"), *ParseIsoBasic("20240229T235958Z"));
  EXPECT_EQ(*ParseIso8601("2024-03-01T01:59:58+02:00"), *ParseIsoBasic("20240229T235958Z"));
}

TEST(TimeText, RefusesImpossibleDates) {
  for (std::string_view bad :
       {"20230229T000000Z", "20240101T240000Z", "20240101T000000", "2024-01-01T00:00:00Z"}) {
    EXPECT_FALSE(ParseIsoBasic(bad)) << bad;
  }
  for (std::string_view bad :
       {"2024-01-01", "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z", "2024-13-01T00:00:00Z"}) {
    EXPECT_FALSE(ParseIso8601(bad)) << bad;
  }
}

TEST(AccountId, IsTwelveDigits) {
  EXPECT_TRUE(IsAccountId("000000000000"));
  EXPECT_FALSE(IsAccountId("12345678901"));
  EXPECT_FALSE(IsAccountId("12345678901a"));
}

TEST(Ascii, FoldsOnlyAscii) {
  EXPECT_EQ(AsciiLower(std::string_view("AbÉ")), "abÉ");
  EXPECT_TRUE(EqualsIgnoreAsciiCase("aws:SourceIp", "AWS:sourceip"));
  EXPECT_FALSE(EqualsIgnoreAsciiCase("a", "ab"));
}

Result<int> Half(int n) {
  if (n % 2 != 0) return Error(ErrorCode::kInvalid, "odd");
  return n / 2;
}
Result<int> Quarter(int n) {
  WK_ASSIGN(const int half, Half(n));
  WK_TRY(Half(half));
  return half / 2;
}

TEST(Result, PassesErrorsUp) {
  EXPECT_EQ(*Quarter(8), 2);
  EXPECT_EQ(Quarter(6).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(Quarter(7).error().ToString(), "invalid: odd");
}

class CountingRng final : public Rng {
 public:
  void Fill(std::span<uint8_t> out) override {
    for (auto& byte : out) byte = next_++;
  }

 private:
  uint8_t next_ = 0;
};

TEST(Rng, DrawsFromAlphabetAndFormatsUuid) {
  CountingRng rng;
  const std::string text = RandomText(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 100);
  EXPECT_EQ(text.size(), 100U);
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
  const std::string uuid = RandomUuid(rng);
  EXPECT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[14], '4');
}

}  // namespace
}  // namespace wardkeep::base
