// What a resource pattern asks beyond its literal beginning, as a few bytes that lie in the index beside the
// rule, so that asking it does not lead through the policy's own memory: five places, each known only when
// the one before has come. Pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "policy/compile/program.h"
#include "policy/match/arn_text.h"

namespace wardkeep::policy {

// Empty if the statement itself must be asked: unless it has one pattern, of short texts and few wildcards,
// without variables, whose first five components are plain.
std::string NearPatternOf(const CompiledStatement& statement);

// Whether a resource that begins as the pattern does matches it. `near` is what NearPatternOf gave.
bool MatchesNearPattern(const std::byte* near, const ArnText& resource);

}  // namespace wardkeep::policy
