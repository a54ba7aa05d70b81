// The last step of the evaluate format: a request and policies that were read apart, put together and
// decided. Pure but for the clock, which dates recurring-time keys of requests that do not say what time it
// is. Thread-safe. Allocates only if the request has to be completed: the root user beside a session policy,
// or policies that ask for recurring time.
#pragma once

#include <cstddef>

#include "evaluate_format/error.h"
#include "evaluate_format/policies.h"
#include "wardkeep/decision.h"
#include "wardkeep/request.h"

namespace wardkeep::evaluate_format {

// Whether the resource policy of this request is a trust policy.
bool IsTrustRequest(const policy::Request& request);

// Length of everything in the request that a policy may look at.
std::size_t BytesOf(const policy::Request& request);

// Bound of the time of a decision: the length of the documents times that of the request may not be more.
// At a mebibyte of documents that leaves 16 KiB of request, at AWS's own sizes megabytes.
inline constexpr std::size_t kMostWork = std::size_t{1} << 34;

// `request_bytes` is BytesOf(request). Errors: "InputTooLarge" beyond kMostWork; "InvalidInput" if the
// resource policy was read as a trust policy and the request asks for none, or the other way round. With
// `explanation`, also collects every statement that matched.
EvaluateResult<policy::Decision> Decide(const policy::Request& request, std::size_t request_bytes,
                                        const EvaluatePolicies& policies, policy::Explanation* explanation);

// Whether Decide would ask the evaluator about the request as it is, without completing it. Errors: as
// Decide.
EvaluateResult<bool> CanBeAskedAsIs(const policy::Request& request, std::size_t request_bytes,
                                    const EvaluatePolicies& policies);

}  // namespace wardkeep::evaluate_format
