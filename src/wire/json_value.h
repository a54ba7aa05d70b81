// JSON to values of a shape and back, shared by all JSON protocols. Source: wire-protocols.md sections 3
// and 4.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/api_error.h"
#include "api/shape.h"
#include "base/result.h"
#include "json/value.h"
#include "json/writer.h"

namespace wardkeep::wire {

// AWS JSON names members as modelled; REST JSON uses the names the model gives for the wire.
enum class JsonNames : uint8_t { kModel, kWire };

struct JsonRules {
  JsonNames names = JsonNames::kModel;
};

// Fills `out` (a fresh value of the shape). null members are absent, unknown members ignored, a repeated
// member's last value counts. SerializationException when a value has the wrong type, or a union not exactly
// one member.
base::Result<void, api::ApiError> ReadJsonValue(const json::Value& value, const api::Shape& shape,
                                                JsonRules rules, void* out);

void WriteJsonValue(json::Writer& out, const api::Shape& shape, JsonRules rules, const void* value);

// One member of a structure, name included; nothing if it is absent.
void WriteJsonMember(json::Writer& out, const api::Member& member, JsonRules rules, const void* structure);

inline std::string_view JsonName(const api::Member& member, JsonRules rules) {
  return rules.names == JsonNames::kModel ? member.name : member.wire_name;
}

}  // namespace wardkeep::wire
