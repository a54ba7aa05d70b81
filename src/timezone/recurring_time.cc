#include "timezone/recurring_time.h"

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "base/ascii.h"
#include "timezone/zone_table.h"

namespace wardkeep::timezone {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::string_view kPrefix = "wardkeep:";

// 1970-01-01 was a Thursday.
constexpr std::array<std::string_view, 7> kWeekdays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};

std::string DayOfWeek(seconds local) {
  const auto day = std::chrono::floor<days>(local).count();
  return std::string(kWeekdays[static_cast<std::size_t>((day % 7 + 7) % 7)]);
}

int64_t SecondOfDay(seconds local) {
  return (local - std::chrono::floor<days>(local)).count();
}

std::string SecondOfDayText(seconds local) {
  return std::to_string(SecondOfDay(local));
}

std::string TimeOfDay(seconds local) {
  const int64_t second = SecondOfDay(local);
  std::string text;
  for (const int64_t part : {second / 3600, second / 60 % 60, second % 60}) {
    if (!text.empty()) text += ':';
    text += static_cast<char>('0' + part / 10);
    text += static_cast<char>('0' + part % 10);
  }
  return text;
}

struct RecurringKey {
  std::string_view name;  // lower case, without the prefix
  std::string (*format)(seconds local);
};
constexpr RecurringKey kKeys[] = {
    {"dayofweek", DayOfWeek}, {"timeofday", TimeOfDay}, {"secondofday", SecondOfDayText}};

// The value of a key without its prefix, such as "timeofday/europe/paris".
std::optional<std::string> ValueOf(std::string_view key, base::Instant now) {
  const std::size_t slash = key.find('/');
  for (const RecurringKey& row : kKeys) {
    if (key.substr(0, slash) != row.name) continue;
    if (slash == std::string_view::npos) {
      return row.format(std::chrono::floor<seconds>(now).time_since_epoch());
    }
    const std::optional<seconds> local = LocalTime(now, key.substr(slash + 1));
    return local ? std::optional(row.format(*local)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void FillRecurringTimeKeys(base::Instant now, std::span<const std::string> referenced_keys,
                           policy::RequestContext& context) {
  for (const std::string& referenced : referenced_keys) {
    const std::string key = base::AsciiLower(referenced);
    if (!key.starts_with(kPrefix)) continue;
    if (std::optional<std::string> value = ValueOf(std::string_view(key).substr(kPrefix.size()), now)) {
      context.SetDefault(key, std::move(*value));
    }
  }
}

}  // namespace wardkeep::timezone
