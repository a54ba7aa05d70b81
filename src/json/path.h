// The way from the root of a JSON text to a place in it, for messages: Statement[0].Effect.
#pragma once

#include <cstdint>
#include <string>

#include "json/value.h"

namespace wardkeep::json {

// The innermost member or element that holds the byte at `offset` of the parsed text; empty for the root
// itself and for bytes outside of it. Keys that are no plain words stand in brackets and quotes:
// Condition["aws:SourceIp"]. Linear in the members along the way.
std::string PathTo(const Value& root, uint32_t offset);

}  // namespace wardkeep::json
