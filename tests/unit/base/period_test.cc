#include "base/period.h"

#include <gtest/gtest.h>

namespace wardkeep::base {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(Period, IsANumberAndAUnit) {
  const seconds most = hours(24 * 366);
  EXPECT_EQ(ParsePeriod("0s", most), seconds(0));
  EXPECT_EQ(ParsePeriod("3s", most), seconds(3));
  EXPECT_EQ(ParsePeriod("45m", most), seconds(45 * 60));
  EXPECT_EQ(ParsePeriod("60h", most), hours(60));
  EXPECT_EQ(ParsePeriod("366d", most), most);
  for (const char* text : {"", "s", "3", "3w", "3ss", "3 s", " 3s", "-1s", "+1s", "3S", "1.5h", "367d",
                           "8785h", "99999999999999999999d", "9223372036854775807d"}) {
    EXPECT_EQ(ParsePeriod(text, most), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wardkeep::base
