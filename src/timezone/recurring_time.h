// Recurring time, which AWS's language cannot say: the weekday and the time of day of a request as condition
// keys in a namespace of our own.
//
//   wardkeep:DayOfWeek     Mon, Tue, Wed, Thu, Fri, Sat, Sun       (String operators)
//   wardkeep:TimeOfDay     HH:MM:SS, 00:00:00 to 23:59:59          (String operators)
//   wardkeep:SecondOfDay   the same as seconds of the day          (Numeric operators)
//
// Each in UTC, or with a zone of the system's tz database behind a slash, in any letter case:
// wardkeep:TimeOfDay/Europe/Paris. Local times follow the wall clock, so the second of the day may repeat or
// leap when clocks are changed. A key of an unknown zone stays absent. Thread-safe; reads the tz database at
// its first use of a zone.
#pragma once

#include <span>
#include <string>

#include "base/clock.h"
#include "wardkeep/request.h"

namespace wardkeep::timezone {

// Fills those of `referenced_keys` (as CompiledPolicy::context_keys gives them) that are recurring-time keys
// and not present yet. Does nothing, quickly, if there are none.
void FillRecurringTimeKeys(base::Instant now, std::span<const std::string> referenced_keys,
                           policy::RequestContext& context);

}  // namespace wardkeep::timezone
