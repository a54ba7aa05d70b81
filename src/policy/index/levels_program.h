// The control policies of all levels of an organization, merged and indexed as one: a search finds the denies
// of every level and, for each level, whether one of its Allow statements applies. Immutable, thread-safe;
// points into the policies.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "policy/index/effective_program.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy {

// Levels as bits: the root is the lowest.
using LevelBits = uint64_t;

class LevelsProgram final : public LevelsIndex {
 public:
  // An organization of AWS has seven levels at most; with more than these the index serves no layer.
  static constexpr std::size_t kMaxLevels = 64;

  LevelsProgram(std::span<const PolicySet::Level> levels, std::span<const std::string_view> known_actions);

  std::span<const PolicySet::Level> levels() const override { return levels_; }
  std::size_t bytes() const override;
  // Whether it was made for these very levels, and can stand for them.
  bool IsOf(std::span<const PolicySet::Level> levels) const {
    return levels.data() == levels_.data() && levels.size() == levels_.size() && levels.size() <= kMaxLevels;
  }

  // The statements of all levels; policies are numbered through them.
  const EffectiveProgram& program() const { return *program_; }
  LevelBits LevelOf(uint32_t policy) const { return LevelBits{1} << level_of_[policy]; }
  // Levels with a statement that allows everything.
  LevelBits open() const { return open_; }
  LevelBits all() const { return all_; }

 private:
  std::shared_ptr<const EffectiveProgram> program_;
  std::vector<PolicySet::Level> levels_;
  std::vector<uint8_t> level_of_;  // for each policy
  LevelBits open_ = 0;
  LevelBits all_ = 0;
};

}  // namespace wardkeep::policy
