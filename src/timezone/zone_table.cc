#include "timezone/zone_table.h"

#include <date/tz.h>

#include <exception>
#include <string>
#include <unordered_map>

#include "base/ascii.h"

namespace wardkeep::timezone {
namespace {

using ZonesByName = std::unordered_map<std::string, const date::time_zone*>;

// The library reports a missing or damaged database by exception; there are no zones then.
ZonesByName LoadZones() {
  ZonesByName zones;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones)
      zones.emplace(base::AsciiLower(zone.name()), &zone);
  } catch (const std::exception&) {
    zones.clear();
  }
  return zones;
}

const date::time_zone* FindZone(std::string_view name) {
  static const ZonesByName zones = LoadZones();
  const auto found = zones.find(base::AsciiLower(name));
  return found == zones.end() ? nullptr : found->second;
}

}  // namespace

std::optional<std::chrono::seconds> LocalTime(base::Instant instant, std::string_view zone_name) {
  const date::time_zone* zone = FindZone(zone_name);
  if (zone == nullptr) return std::nullopt;
  try {
    return zone->to_local(date::floor<std::chrono::seconds>(instant)).time_since_epoch();
  } catch (const std::exception&) {
    return std::nullopt;  // the file of the zone cannot be read
  }
}

}  // namespace wardkeep::timezone
