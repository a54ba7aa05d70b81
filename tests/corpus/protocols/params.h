// Between values of generated structures and the `params` / `result` form of the vectors: modelled names,
// timestamps as epoch seconds, blobs as plain text, absent members left out.
#pragma once

#include <string>

#include "api/shape.h"
#include "json/value.h"

namespace wardkeep::corpus {

std::string ToParams(const api::Shape& shape, const void* value);
void FromParams(const json::Value& params, const api::Shape& shape, void* value);

// Equal as the vectors mean it: member order, number spelling and null members do not matter.
bool SameJson(const json::Value& a, const json::Value& b);

// ToParams(value) against `params`, reported with both texts.
void ExpectParams(const api::Shape& shape, const void* value, const json::Value& params);

}  // namespace wardkeep::corpus
