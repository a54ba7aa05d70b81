// Asks the processor for the memory that the next decisions of a batch will read, so that the waits for it
// overlap with each other and with the decisions before. Changes nothing else.
#pragma once

#include <cstddef>
#include <span>

#include "policy/index/effective_program.h"
#include "wardkeep/batch.h"

namespace wardkeep::policy {

class FetchAhead {
 public:
  explicit FetchAhead(std::span<const Question> questions) : questions_(questions) {}

  // Before question `i` is decided, in ascending order. Each step needs what an earlier one asked for: a set
  // of policies, the beginnings of its indexes, the rest of those.
  void Reach(std::size_t i) {
    Step(sets_, i + kSetsAhead, FetchSet);
    Step(beginnings_, i + kBeginningsAhead,
         [](const Question& question) { ForEachIndex(question, EffectiveProgram::FetchBeginning); });
    Step(rests_, i + kRestsAhead, [](const Question& question) {
      ForEachIndex(question, [](const PolicyIndex* index) {
        static_cast<const EffectiveProgram*>(index)->FetchRest();
      });
    });
  }

 private:
  // How many decisions ahead each step is. A decision takes about as long as memory takes to answer.
  static constexpr std::size_t kSetsAhead = 6;
  static constexpr std::size_t kBeginningsAhead = 4;
  static constexpr std::size_t kRestsAhead = 2;

  // For the questions from `next` to `last` that there are, unless it was done for the one before.
  template <typename Use>
  void Step(std::size_t& next, std::size_t last, Use use) {
    for (; next <= last && next < questions_.size(); ++next) {
      const Question& question = questions_[next];
      if (next == 0 || question.policies != questions_[next - 1].policies) use(question);
    }
  }
  static void FetchSet(const Question& question) {
    const char* const set = reinterpret_cast<const char*>(question.policies);
    for (std::size_t at = 0; at < sizeof(PolicySet); at += 64) __builtin_prefetch(set + at);
  }
  template <typename Use>
  static void ForEachIndex(const Question& question, Use use) {
    const PolicySet::Indexes& indexes = question.policies->indexes;
    for (const PolicyIndex* index : {indexes.identity, indexes.resource}) {
      if (index != nullptr) use(index);
    }
  }

  std::span<const Question> questions_;
  std::size_t sets_ = 0;  // how many each step has done
  std::size_t beginnings_ = 0;
  std::size_t rests_ = 0;
};

}  // namespace wardkeep::policy
