#include "timezone/recurring_time.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/time_text.h"

namespace wardkeep::timezone {
namespace {

struct Case {
  const char* now;
  const char* key;
  const char* value;  // null: absent
};

// Clocks in Paris go forward on 2026-03-29 at 01:00Z and back on 2026-10-25 at 01:00Z.
constexpr Case kCases[] = {
    {"2026-03-02T09:05:07Z", "wardkeep:dayofweek", "Mon"},
    {"2026-03-02T09:05:07Z", "wardkeep:timeofday", "09:05:07"},
    {"2026-03-02T09:05:07Z", "wardkeep:secondofday", "32707"},
    {"2026-03-02T00:00:00Z", "wardkeep:timeofday", "00:00:00"},
    {"2026-03-01T23:59:59Z", "wardkeep:secondofday", "86399"},
    {"2026-03-01T23:59:59Z", "wardkeep:dayofweek", "Sun"},
    {"1970-01-01T00:00:00Z", "wardkeep:dayofweek", "Thu"},
    {"1969-12-31T23:59:58Z", "wardkeep:dayofweek", "Wed"},
    {"1969-12-31T23:59:58Z", "wardkeep:timeofday", "23:59:58"},
    {"2026-01-15T09:05:07Z", "wardkeep:timeofday/europe/paris", "10:05:07"},
    {"2026-07-15T09:05:07Z", "wardkeep:timeofday/europe/paris", "11:05:07"},
    {"2026-03-29T00:59:59Z", "wardkeep:timeofday/europe/paris", "01:59:59"},
    {"2026-03-29T01:00:00Z", "wardkeep:timeofday/europe/paris", "03:00:00"},
    {"2026-10-25T00:30:00Z", "wardkeep:secondofday/europe/paris", "9000"},
    {"2026-10-25T01:30:00Z", "wardkeep:secondofday/europe/paris", "9000"},
    {"2026-03-01T15:30:00Z", "wardkeep:dayofweek/asia/tokyo", "Mon"},
    {"2026-03-02T03:00:00Z", "wardkeep:dayofweek/america/los_angeles", "Sun"},
    {"2026-03-02T03:00:00Z", "wardkeep:timeofday/asia/kolkata", "08:30:00"},
    {"2026-03-02T03:00:00Z", "wardkeep:timeofday/utc", "03:00:00"},
    {"2026-03-02T03:00:00Z", "wardkeep:TimeOfDay/Europe/Paris", "04:00:00"},
    {"2026-03-02T03:00:00Z", "wardkeep:timeofday/mars/olympus", nullptr},
    {"2026-03-02T03:00:00Z", "wardkeep:timeofday/", nullptr},
    {"2026-03-02T03:00:00Z", "wardkeep:timeofday/../../../etc/passwd", nullptr},
    {"2026-03-02T03:00:00Z", "wardkeep:monthofyear", nullptr},
    {"2026-03-02T03:00:00Z", "wardkeep:", nullptr},
    {"2026-03-02T03:00:00Z", "aws:timeofday", nullptr},
};

TEST(RecurringTime, FollowsTheWallClockOfTheZone) {
  for (const Case& row : kCases) {
    policy::RequestContext context;
    const std::vector<std::string> keys = {row.key};
    FillRecurringTimeKeys(*base::ParseIso8601(row.now), keys, context);
    const auto* entry = context.Find(row.key);
    if (row.value == nullptr) {
      EXPECT_TRUE(context.entries().empty()) << row.key;
    } else {
      ASSERT_NE(entry, nullptr) << row.key << " at " << row.now;
      EXPECT_FALSE(entry->multi_valued);
      EXPECT_EQ(entry->values.front(), row.value) << row.key << " at " << row.now;
    }
  }
}

TEST(RecurringTime, LeavesGivenKeysAndFillsOnlyReferencedOnes) {
  policy::RequestContext context;
  context.Set("wardkeep:DayOfWeek", "Fri");
  const std::vector<std::string> keys = {"aws:username", "wardkeep:dayofweek", "wardkeep:timeofday"};
  FillRecurringTimeKeys(*base::ParseIso8601("2026-03-02T03:00:00Z"), keys, context);
  EXPECT_EQ(context.Find("wardkeep:dayofweek")->values.front(), "Fri");
  EXPECT_EQ(context.Find("wardkeep:timeofday")->values.front(), "03:00:00");
  EXPECT_EQ(context.entries().size(), 2U);
}

}  // namespace
}  // namespace wardkeep::timezone
