// Text forms of instants used on the wire. All are UTC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace wardkeep::base {

std::string FormatIso8601(Instant t);        // 2024-05-01T12:34:56Z (seconds; fraction cut)
std::string FormatIsoBasic(Instant t);       // 20240501T123456Z, the form of X-Amz-Date
std::string FormatHttpDate(Instant t);       // Wed, 01 May 2024 12:34:56 GMT
std::string FormatIso8601Micros(Instant t);  // 2024-05-01T12:34:56.123456Z, for logs

std::optional<Instant> ParseIsoBasic(std::string_view text);  // exactly YYYYMMDDTHHMMSSZ
// YYYY-MM-DDTHH:MM:SS with optional fraction (up to 9 digits, cut to micros) and Z or +hh:mm; nullopt
// otherwise.
std::optional<Instant> ParseIso8601(std::string_view text);
std::optional<Instant> ParseHttpDate(std::string_view text);  // RFC 1123 form

}  // namespace wardkeep::base
