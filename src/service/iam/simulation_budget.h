// How much one call of the simulators may cost: bounded before anything is evaluated, so that a call cannot
// hold a thread of the pool for seconds.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "service/iam/simulation.h"

namespace wardkeep::service::iam {

// The most work of one call, in bytes of policies times bytes of questions: the unit in which the time of a
// decision grows at worst. A question costs a few nanoseconds for a thousand of them, so a call takes well
// under a second.
inline constexpr uint64_t kSimulationBudget = uint64_t{1} << 36;

// InvalidInput when the questions (each action on each resource) cost more than the budget. The text says how
// to ask instead.
ApiResult<void> CheckSimulationWork(const SimulationPolicies& policies, const SimulationCaller& caller,
                                    std::span<const std::string> actions,
                                    std::span<const std::string> resources);

}  // namespace wardkeep::service::iam
