#include "service/iam/simulation_budget.h"

#include <algorithm>

#include "api/iam/errors.h"

namespace wardkeep::service::iam {
namespace {

// What a question costs besides its own texts: the keys of the principal and of the moment.
constexpr uint64_t kBytesOfAQuestion = 256;

uint64_t BytesOf(const SimulationLayer& layer) {
  uint64_t bytes = 0;
  for (const SimulationPolicy& policy : layer) bytes += policy.document->text().size();
  return bytes;
}

uint64_t BytesOf(const SimulationPolicies& policies) {
  uint64_t bytes = BytesOf(policies.identity);
  if (policies.boundary) bytes += BytesOf(*policies.boundary);
  if (policies.organization) {
    for (const SimulationLayer& level : *policies.organization) bytes += BytesOf(level);
  }
  if (policies.resource) bytes += policies.resource->document->text().size();
  return bytes;
}

uint64_t BytesOf(std::span<const std::string> texts) {
  uint64_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
}

uint64_t BytesOf(const policy::RequestContext& context) {
  uint64_t bytes = 0;
  for (const auto& entry : context.entries()) {
    bytes += entry.key.size();
    for (const std::string& value : entry.values) bytes += value.size();
  }
  return bytes;
}

// False when the product does not fit.
bool Multiply(uint64_t a, uint64_t b, uint64_t& product) {
  return !__builtin_mul_overflow(a, b, &product);
}

}  // namespace

ApiResult<void> CheckSimulationWork(const SimulationPolicies& policies, const SimulationCaller& caller,
                                    std::span<const std::string> actions,
                                    std::span<const std::string> resources) {
  // Each action goes with each resource, and the context with each pair.
  const uint64_t each = kBytesOfAQuestion + BytesOf(caller.context);
  uint64_t pairs = 0;
  uint64_t shared = 0;
  uint64_t by_action = 0;
  uint64_t by_resource = 0;
  uint64_t work = 0;
  const bool fits =
      Multiply(actions.size(), resources.size(), pairs) && Multiply(pairs, each, shared) &&
      Multiply(BytesOf(actions), resources.size(), by_action) &&
      Multiply(BytesOf(resources), actions.size(), by_resource) &&
      Multiply(std::max<uint64_t>(BytesOf(policies), 1), shared + by_action + by_resource, work);
  if (fits && work <= kSimulationBudget) return {};
  return api::iam::InvalidInput(
      "The simulation is too large for one call: its policies and its questions take too long together. Ask "
      "about fewer "
      "actions or resources at a time, or set MaxItems to get the actions in smaller pages.");
}

}  // namespace wardkeep::service::iam
