#include "wire/scalar_text.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace wardkeep::wire {
namespace {

using api::TimestampFormat;

TEST(TimestampText, PrintsFractionsOnlyWhereThereIsOne) {
  const base::Instant whole = *base::ParseIso8601("2000-01-02T20:34:56Z");
  const base::Instant part = *base::ParseIso8601("2000-01-02T20:34:56.120Z");
  EXPECT_EQ(TimestampText(TimestampFormat::kDefault, whole), "2000-01-02T20:34:56Z");
  EXPECT_EQ(TimestampText(TimestampFormat::kIso8601, part), "2000-01-02T20:34:56.12Z");
  EXPECT_EQ(TimestampText(TimestampFormat::kEpochSeconds, whole), "946845296");
  EXPECT_EQ(TimestampText(TimestampFormat::kEpochSeconds, part), "946845296.12");
  EXPECT_EQ(TimestampText(TimestampFormat::kHttpDate, whole), "Sun, 02 Jan 2000 20:34:56 GMT");
}

TEST(TimestampText, EpochWorksOnBothSidesOfZero) {
  using std::chrono::microseconds;
  EXPECT_EQ(EpochText(base::Instant(microseconds(-1'500'000))), "-1.5");
  EXPECT_EQ(EpochText(base::Instant(microseconds(-1))), "-0.000001");
  EXPECT_EQ(EpochText(base::Instant(microseconds(0))), "0");
  EXPECT_EQ(EpochText(base::Instant(microseconds(1))), "0.000001");
}

TEST(ReadTimestamp, ReadsEveryFormOnTheWire) {
  const base::Instant expected = *base::ParseIso8601("2015-01-25T08:00:00Z");
  for (const char* text : {"2015-01-25T08:00:00Z", "2015-01-25T08:00:00.000Z", "2015-01-25T10:00:00+02:00",
                           "1422172800", "1422172800.0", "Sun, 25 Jan 2015 08:00:00 GMT"}) {
    EXPECT_EQ(ReadTimestamp(text), expected) << text;
  }
  for (const char* text : {"", "now", "2015-13-01T00:00:00Z", "NaN", "Infinity", "1e300", "-1e300", "0x10"}) {
    EXPECT_FALSE(ReadTimestamp(text).has_value()) << text;
  }
}

TEST(ReadDouble, HasTheThreeNamesAndNoOthers) {
  EXPECT_TRUE(ReadDouble("NaN").has_value());
  EXPECT_TRUE(ReadDouble("-Infinity").has_value());
  for (const char* text : {"nan", "inf", "infinity", "+Infinity", "1e999", "1,5", "", " 1"}) {
    EXPECT_FALSE(ReadDouble(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace wardkeep::wire
