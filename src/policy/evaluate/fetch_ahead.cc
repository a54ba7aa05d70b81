#include "policy/evaluate/fetch_ahead.h"

#include "policy/index/effective_program.h"

namespace wardkeep::policy {
namespace {

template <typename Use>
void ForEachIndex(std::span<const Question> questions, Use use) {
  for (const Question& question : questions) {
    const PolicySet::Indexes& indexes = question.policies->indexes;
    for (const PolicyIndex* index : {indexes.identity, indexes.resource}) {
      if (index != nullptr) use(*static_cast<const EffectiveProgram*>(index));
    }
  }
}

}  // namespace

// In rounds, each of which needs what the one before asked for: the sets, their indexes, the arrays of those.
void FetchAhead(std::span<const Question> questions) {
  if (questions.size() < 2) return;
  for (const Question& question : questions) {
    __builtin_prefetch(question.policies);
    __builtin_prefetch(&question.policies->indexes);
  }
  ForEachIndex(questions,
               [](const EffectiveProgram& program) { EffectiveProgram::FetchBeginning(&program); });
  ForEachIndex(questions, [](const EffectiveProgram& program) { program.FetchRest(); });
}

}  // namespace wardkeep::policy
