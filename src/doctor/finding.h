// What one check of `wardkeep doctor` has to say, in words for the person who runs the server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::doctor {

enum class Level : uint8_t {
  kOk,
  kNote,     // nothing is wrong, but worth knowing
  kWarning,  // works, and will hurt one day
  kProblem,  // the server does not start, or must not be trusted
};

std::string_view LevelName(Level level);  // "ok", "note", "warning", "problem"

struct Finding {
  Level level = Level::kOk;
  std::string subject;  // "configuration", "data folder", ...; one word or two
  std::string text;     // what was found, one sentence without a full stop
  std::string advice;   // what to do; empty when there is nothing to do
};

using Findings = std::vector<Finding>;

}  // namespace wardkeep::doctor
