#include "policy/index/levels_program.h"

namespace wardkeep::policy {
namespace {

std::vector<const CompiledPolicy*> PoliciesOf(std::span<const PolicySet::Level> levels) {
  std::vector<const CompiledPolicy*> policies;
  for (const PolicySet::Level& level : levels)
    policies.insert(policies.end(), level.policies.begin(), level.policies.end());
  return policies;
}

}  // namespace

LevelsProgram::LevelsProgram(std::span<const PolicySet::Level> levels,
                             std::span<const std::string_view> known_actions)
    : program_(EffectiveProgram::Make(PoliciesOf(levels), known_actions)) {
  PolicySet::Policies rest = program_->policies();
  for (const PolicySet::Level& level : levels) {
    level_of_.insert(level_of_.end(), level.policies.size(),
                     static_cast<uint8_t>(levels_.size() % kMaxLevels));
    all_ |= LevelBits{1} << levels_.size() % kMaxLevels;
    levels_.push_back({rest.first(level.policies.size())});
    rest = rest.subspan(level.policies.size());
  }
  for (const Rule& rule : program_->rules().subspan(program_->deny_count())) {
    if (AllowsEverything(rule)) open_ |= LevelOf(rule.policy);
  }
}

std::size_t LevelsProgram::bytes() const {
  return sizeof *this + program_->bytes() + levels_.capacity() * sizeof levels_[0] + level_of_.capacity();
}

LevelsIndexPtr MakeLevelsIndex(std::span<const PolicySet::Level> levels,
                               std::span<const std::string_view> known_actions) {
  return std::make_shared<const LevelsProgram>(levels, known_actions);
}

}  // namespace wardkeep::policy
