// Condition blocks that say the same, found when an index is made, so that one of them is evaluated once per
// request however many statements carry it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/condition/test.h"

namespace wardkeep::policy {

class ConditionBlocks {
 public:
  static constexpr uint32_t kUnshared = 0;

  // The number of the block as first seen, from 0.
  uint32_t Add(std::span<const CompiledTest> tests);
  // After all were added: from 1 on for a block seen more than once, else kUnshared.
  uint32_t SharedId(uint32_t block) const;

 private:
  std::unordered_map<std::string, uint32_t> known_;
  std::vector<uint32_t> uses_;
};

}  // namespace wardkeep::policy
