// The clauses a value's constraint can break, in AWS's words ("Member must have length less than or equal to
// 64"). Pure functions. Source: wire-protocols.md section 6.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "api/shape.h"

namespace wardkeep::api {

struct BrokenClauses {
  std::vector<std::string> clauses;
  bool sentence = false;  // the pattern is broken and the shape has a sentence of its own for that
};

// What `value` breaks of its own shape's constraint; elements and members are not looked at.
BrokenClauses FindBrokenClauses(const ValidationStyle& style, const Shape& shape, const void* value);

// Every clause of the shape's constraint, broken or not: AWS lists them all for a bad element of a list.
std::vector<std::string> AllClauses(const ValidationStyle& style, const Shape& shape);

}  // namespace wardkeep::api
