#include "evaluate_format/decide.h"

#include <limits>
#include <optional>
#include <string>

#include "base/clock.h"
#include "policy/condition/date_value.h"
#include "policy/evaluate/request_facts.h"
#include "timezone/recurring_time.h"

namespace wardkeep::evaluate_format {
namespace {

// The moment of the request: aws:CurrentTime if it has one that can be read, else now.
base::Instant MomentOf(const policy::RequestContext& context) {
  constexpr int64_t kMostSeconds = std::numeric_limits<int64_t>::max() / 2'000'000;
  const policy::RequestContext::Entry* entry = context.Find("aws:CurrentTime");
  if (entry != nullptr && entry->values.size() == 1) {
    const std::optional<policy::DateValue> date = policy::ParseDate(entry->values.front());
    if (date && date->seconds > -kMostSeconds && date->seconds < kMostSeconds) {
      return base::FromUnixSeconds(date->seconds);
    }
  }
  return base::SystemClock().Now();
}

// A session policy beside root is that of AssumeRoot.
bool IsAssumedRoot(const policy::Request& request, const EvaluatePolicies& policies) {
  return request.principal.kind == policy::PrincipalKind::kRoot && policies.set().session.has_value();
}

}  // namespace

bool IsTrustRequest(const policy::Request& request) {
  return policy::IsRoleArn(policy::SplitArn(request.resource)) && policy::IsTrustAction(request.action);
}

std::size_t BytesOf(const policy::Request& request) {
  const policy::Principal& principal = request.principal;
  std::size_t bytes = principal.arn.size() + principal.entity_arn.size() + principal.entity_id.size() +
                      principal.service.size() + request.action.size() + request.resource.size();
  for (const policy::RequestContext::Entry& entry : request.context.entries()) {
    bytes += entry.key.size() + entry.values.size();
    for (const std::string& value : entry.values) bytes += value.size();
  }
  return bytes;
}

EvaluateResult<bool> CanBeAskedAsIs(const policy::Request& request, std::size_t request_bytes,
                                    const EvaluatePolicies& policies) {
  if (policies.bytes() != 0 && request_bytes > kMostWork / policies.bytes()) {
    return EvaluateError{
        "InputTooLarge", "the policies and the request are too large to be decided together", {}, {}};
  }
  if (policies.set().resource != nullptr && IsTrustRequest(request) != policies.is_trust()) {
    return InvalidInput(policies.is_trust() ? "the resource policy was read as a trust policy"
                                            : "the resource policy was not read as a trust policy");
  }
  return !IsAssumedRoot(request, policies) && !policies.asks_for_time();
}

EvaluateResult<policy::Decision> Decide(const policy::Request& request, std::size_t request_bytes,
                                        const EvaluatePolicies& policies, policy::Explanation* explanation) {
  WK_ASSIGN(const bool as_is, CanBeAskedAsIs(request, request_bytes, policies));
  if (as_is) return policy::Evaluate(request, policies.set(), explanation);
  policy::Request completed = request;
  completed.principal.is_assumed_root = IsAssumedRoot(request, policies);
  policy::FillPrincipalKeys(completed.principal, {}, completed.context);
  timezone::FillRecurringTimeKeys(MomentOf(completed.context), policies.ContextKeys(), completed.context);
  return policy::Evaluate(completed, policies.set(), explanation);
}

}  // namespace wardkeep::evaluate_format
