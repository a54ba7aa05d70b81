// Pattern: a regular expression of a model, compiled by the generator.
#pragma once

#include <string_view>

namespace wardkeep::api {

struct Pattern {
  std::string_view text;
};

}  // namespace wardkeep::api
