// Dates in condition values, exactly as the save-time check reads them (policy-semantics 1.8, "Date text
// rule"). Pure function, thread-safe, allocates nothing.
//
//   ParseDate("2026-03-01T09:30+01:00")   // ISO, because it holds a 't' or '-'
//   ParseDate("1772366400")               // else seconds since 1970; a plus sign is allowed
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wardkeep::policy {

// A moment as seconds since 1970-01-01T00:00:00Z and a non-negative fraction, cut to milliseconds as AWS
// compares them (3.4); wider than base::Instant, because documents may name years from -292275054 to
// 292278993 and seconds up to 2^63-1.
struct DateValue {
  int64_t seconds = 0;
  uint32_t millis = 0;
  friend auto operator<=>(const DateValue&, const DateValue&) = default;
};

// No zone means UTC. A day that its month lacks runs on into the next month (the rule bounds days by 31
// only).
std::optional<DateValue> ParseDate(std::string_view text);

}  // namespace wardkeep::policy
