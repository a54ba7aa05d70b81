// The text of one log event: a JSON object on one line,
//   {"time":"2024-05-01T12:34:56.000001Z","level":"info","message":"listening","port":8480}
// Text is escaped so that a line is always one line of valid UTF-8 JSON, whatever bytes a client sent:
// control characters (C0, DEL, C1) become \u00XX, bytes that are not UTF-8 become the replacement character.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "log/field.h"
#include "log/log.h"

namespace wardkeep::log {

// Appends the line and its newline to `out`.
void AppendJsonLine(std::string& out, base::Instant time, Level level, std::string_view message,
                    std::span<const Field> fields);

// Appends the value of a field as JSON.
void AppendJsonValue(std::string& out, const Field::Value& value);

// Appends `text` as a quoted JSON string under the rules above.
void AppendJsonText(std::string& out, std::string_view text);

}  // namespace wardkeep::log
