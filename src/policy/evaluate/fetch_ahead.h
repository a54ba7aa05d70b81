// Asks the processor for the memory that the next decisions of a batch will read first, so that the waits for
// it overlap. Changes nothing else.
#pragma once

#include <cstddef>
#include <span>

#include "wardkeep/batch.h"

namespace wardkeep::policy {

// Questions fetched for at once: a processor waits for about this many lines of memory side by side.
inline constexpr std::size_t kQuestionsAhead = 8;

void FetchAhead(std::span<const Question> questions);

}  // namespace wardkeep::policy
