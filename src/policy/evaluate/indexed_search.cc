#include "policy/evaluate/indexed_search.h"

#include <algorithm>
#include <tuple>

namespace wardkeep::policy {

std::vector<const Rule*> RulesInOrder(const EffectiveProgram& program, std::string_view folded_action) {
  std::vector<const Rule*> rules;
  const WordSets::Id acted = program.RulesForAction(folded_action).set;
  program.sets().ForEachCommon(acted, acted, [&](uint32_t first, uint64_t bits) {
    for (; bits != 0; bits &= bits - 1) {
      rules.push_back(&program.rules()[first + static_cast<uint32_t>(std::countr_zero(bits))]);
    }
    return true;
  });
  std::sort(rules.begin(), rules.end(), [](const Rule* a, const Rule* b) {
    return std::tie(a->policy, a->number) < std::tie(b->policy, b->number);
  });
  return rules;
}

}  // namespace wardkeep::policy
