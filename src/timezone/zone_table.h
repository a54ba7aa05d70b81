// The zones of the system's tz database by name, ignoring letter case. Thread-safe; loads the database at
// first use.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace wardkeep::timezone {

// Wall-clock time in a zone as seconds since 1970-01-01T00:00:00 there; nullopt for a zone that the database
// lacks.
std::optional<std::chrono::seconds> LocalTime(base::Instant instant, std::string_view zone_name);

}  // namespace wardkeep::timezone
