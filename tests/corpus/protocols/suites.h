// The services generated from the protocol test vectors, in the order of files and groups.
#pragma once

#include <span>
#include <string_view>

#include "api/operation.h"

namespace wardkeep::corpus {

struct Suite {
  std::string_view file;  // "input/query"
  const api::Service* service = nullptr;
};

std::span<const Suite> Suites();

}  // namespace wardkeep::corpus
