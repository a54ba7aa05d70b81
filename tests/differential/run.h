// Decides one generated scenario with both evaluators.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "differential/generate.h"
#include "differential/outcome_counts.h"

namespace wardkeep::differential {

// A request on which the two disagree, or which breaks a property that every decision has.
struct Finding {
  std::string what;
  std::string line;  // of the evaluate format
};

// Runs the scenario that `bytes` make. Adds to `counts`.
std::vector<Finding> RunScenario(std::span<const uint8_t> bytes, const Knobs& knobs, OutcomeCounts& counts);

// The scenario `number` of a seeded run, with choices for as many requests as the knobs of Generate ask for.
std::vector<uint8_t> SeededBytes(uint64_t seed, uint64_t number, std::size_t requests = Knobs().requests);

}  // namespace wardkeep::differential
