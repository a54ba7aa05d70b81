// Reads the vector files and walks their cases, minding the list of cases that do not apply.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "api/operation.h"
#include "json/value.h"

namespace wardkeep::corpus {

struct Case {
  const api::Operation* operation = nullptr;
  const json::Value* vector = nullptr;  // the whole case
  std::string id;

  const json::Value& At(std::string_view key) const;                     // null value if absent
  std::string Text(std::string_view key, std::string_view inner) const;  // "" if absent
};

// Calls `check` for every case of one vector file ("input/query") that skipped.json does not name. Fails the
// test for a skipped id that does not exist, and for a file without cases.
void ForEachCase(std::string_view file, const std::function<void(const Case&)>& check);

}  // namespace wardkeep::corpus
