// Scalars as text, shared by the protocols that carry them outside JSON: Query parameters, headers, URI
// labels, XML text. Source: wire-protocols.md sections 2.1 and 2.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/shape.h"
#include "base/clock.h"

namespace wardkeep::wire {

// Reads `text` into the value of a scalar shape (`value` as api/shape.h says). False if it is not of that
// type.
bool ReadScalar(const api::Shape& shape, std::string_view text, void* value);

// The text of a scalar value. kDefault timestamps are ISO 8601.
std::string ScalarText(const api::Shape& shape, api::TimestampFormat format, const void* value);

// ISO 8601, epoch seconds with optional fraction, or an HTTP date.
std::optional<base::Instant> ReadTimestamp(std::string_view text);
// Fractions are printed only where there is one, without trailing zeros.
std::string TimestampText(api::TimestampFormat format, base::Instant value);
// Epoch seconds as a JSON number: "1398796238" or "1398796238.123".
std::string EpochText(base::Instant value);
// A double, "NaN", "Infinity" or "-Infinity".
std::optional<double> ReadDouble(std::string_view text);

}  // namespace wardkeep::wire
