// Where the statements of a policy document stand, counted as the policy simulator of AWS counts: lines and
// columns from 1, columns in characters, and each position just behind something. A statement begins behind
// what comes before it: the bracket of the list, the statement before, or, when Statement is no list, its own
// brace; it ends behind its closing brace (observed in answers of AWS).
#pragma once

#include <string_view>
#include <vector>

#include "wardkeep/evaluate.h"

namespace wardkeep::service::iam {

struct StatementPositions {
  policy::Position start;
  policy::Position end;
};

// One entry per statement, in order. `text` is what `compiled` was made from.
std::vector<StatementPositions> FindStatementPositions(std::string_view text,
                                                       const policy::CompiledPolicy& compiled);

}  // namespace wardkeep::service::iam
