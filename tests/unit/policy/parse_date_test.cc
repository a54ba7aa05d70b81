#include <gtest/gtest.h>

#include <cstdint>

#include "base/time_text.h"
#include "policy/condition/date_value.h"

namespace wardkeep::policy {
namespace {

struct GoodDate {
  std::string_view text;
  int64_t seconds;
  uint32_t millis = 0;
};

TEST(ParseDate, ReadsIsoAndEpochSeconds) {
  const GoodDate cases[] = {
      {"1970-01-01", 0},
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"2000-03-01", 951868800},
      {"2000-02-29T12", 951825600},
      {"2026-03", 1772323200},
      {"2026T", 1767225600},
      {"2026-03-01T09:30", 1772357400},
      {"2026-03-01t9:30:15z", 1772357415},
      {"2026-03-01T09:30:15+01:30", 1772352015},
      {"2026-03-01T09:30:15-05", 1772375415},
      {"2026-03-01T09:30Z", 1772357400},
      {"2016-12-13T21:20:37.593194+00:00", 1481664037, 593},
      {"2016-12-13t2:00:00.593194+23", 1481511600, 593},
      {"1970-01-01T00:00:00.000000001Z", 0, 0},  // cut to milliseconds
      {"1970-01-01T00:00:00.9999Z", 0, 999},
      {"1970-01-01T00:00:00.5Z", 0, 500},
      {"2026-02-30", 1772409600},  // runs on into March
      {"0001-01-01", -62135596800},
      {"0", 0},
      {"2026", 2026},
      {"+5", 5},
      {"+9223372036854775807", INT64_MAX},
      {"9223372036854775807", INT64_MAX},
      {"01T", -62135596800},
  };
  for (const GoodDate& c : cases) {
    const std::optional<DateValue> date = ParseDate(c.text);
    ASSERT_TRUE(date.has_value()) << c.text;
    EXPECT_EQ(date->seconds, c.seconds) << c.text;
    EXPECT_EQ(date->millis, c.millis) << c.text;
  }
}

TEST(ParseDate, AgreesWithTheWireReaderOnEveryDayOfFourCenturies) {
  for (int64_t day = -100'000; day < 100'000; ++day) {
    const int64_t seconds = day * 86400 + 4321;
    const std::string text = base::FormatIso8601(base::FromUnixSeconds(seconds));
    const std::optional<DateValue> date = ParseDate(text);
    ASSERT_TRUE(date.has_value()) << text;
    ASSERT_EQ(date->seconds, seconds) << text;
  }
}

TEST(ParseDate, BoundsTheYear) {
  EXPECT_TRUE(ParseDate("-292275054").has_value());
  EXPECT_FALSE(ParseDate("-292275055").has_value());
  EXPECT_TRUE(ParseDate("292278993-01-01").has_value());
  EXPECT_FALSE(ParseDate("292278994-01-01").has_value());
  EXPECT_LT(*ParseDate("-292275054"), *ParseDate("-292275053"));
  EXPECT_LT(*ParseDate("-1"), *ParseDate("0000-01-01"));
}

TEST(ParseDate, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      " ",
                                      "T",
                                      "-",
                                      "--",
                                      "2026-",
                                      "2026-03-",
                                      "2026-13",
                                      "2026-0",
                                      "2026-03-32",
                                      "2026-03-00",
                                      "2026-003",
                                      "2026-03-01-01",
                                      "2026-03-01T24",
                                      "2026-03-01T09:60",
                                      "2026-03-01T09:30:60",
                                      "2026-03-01TZ",
                                      "2026-03-01T09:30:15+1",
                                      "2026-03-01T09:30:15+24",
                                      "2026-03-01T09:30:15+01:60",
                                      "2026-03-01T09:30:15.Z",
                                      "2026-03-01T09:30:15.1234567890Z",
                                      "2026-03-01T09:30:15ZZ",
                                      "2026-03-01 09:30",
                                      "+2026-01",
                                      "12.5",
                                      "-5x",
                                      "9223372036854775808",
                                      "1e9",
                                      "++5",
                                      "+",
                                      "+9223372036854775808",
                                      " 5",
                                      "0x10",
                                      "tomorrow",
                                      "yesterday",
                                      "2026-03-01T09:",
                                      "234-13"}) {
    EXPECT_FALSE(ParseDate(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace wardkeep::policy
