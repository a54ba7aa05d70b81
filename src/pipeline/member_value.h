// Reads members of a decoded request through the shape tables, for the stages that do not know its C++ type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/any_struct.h"
#include "api/shape.h"

namespace wardkeep::pipeline {

// The value of a string member; null when it is absent or not a string. Points into the request.
const std::string* StringMember(const api::AnyStruct& request, const api::Member& member);

// Text form of a scalar member as a condition value: numbers decimal, booleans true/false, times ISO 8601.
std::optional<std::string> ScalarText(const api::AnyStruct& request, const api::Member& member);

// A list of strings; nullopt when absent or of another type.
std::optional<std::vector<std::string>> StringList(const api::AnyStruct& request, const api::Member& member);

// A list of Tag structures (members Key and Value) as pairs; nullopt when absent or of another type.
using TagPairs = std::vector<std::pair<std::string, std::string>>;
std::optional<TagPairs> TagList(const api::AnyStruct& request, const api::Member& member);

// True when the member is absent, an empty string, or an empty list.
bool IsAbsentOrEmpty(const api::AnyStruct& request, const api::Member& member);

}  // namespace wardkeep::pipeline
