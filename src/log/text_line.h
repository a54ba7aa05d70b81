// The text of one log event for a person at a terminal:
//   12:34:56 warning  the account was closed  account=123456789012 cause="no room"
// Time is UTC. Values are those of the JSON form, without quotes where they are one plain word.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "log/field.h"
#include "log/log.h"

namespace wardkeep::log {

// Appends the line and its newline to `out`. What a client sent cannot move the cursor or begin a line.
void AppendTextLine(std::string& out, base::Instant time, Level level, std::string_view message,
                    std::span<const Field> fields);

}  // namespace wardkeep::log
