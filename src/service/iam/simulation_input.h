// What the two simulators share of their requests: actions, resources, the simulated caller, and the
// combinations of resources that some actions need.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/iam/lookup.h"
#include "service/iam/simulation.h"

namespace wardkeep::service::iam {

// "service:Operation" without wildcards, one at least; InvalidInput otherwise.
ApiResult<void> CheckActionNames(const std::vector<std::string>& actions);

// ARNs or "*"; InvalidInput otherwise.
ApiResult<void> CheckResourceArns(const std::vector<std::string>& resources);

// That the resources are those a ResourceHandlingOption asks for; InvalidInput for an unknown option and for
// a type of resource that is missing.
ApiResult<void> CheckResourceHandling(const std::string& option, const std::vector<std::string>& resources);

// The account of ResourceOwner: an account id or an ARN that holds one.
ApiResult<std::string> ReadResourceOwner(const std::string& owner);

// The principal of a CallerArn, which must be that of a user; of any account.
ApiResult<policy::Principal> ReadCallerArn(const std::string& arn);

// The principal that stands for an entity of the account: the user, a session of the role, or nobody in
// particular for a group.
policy::Principal PrincipalOf(const snapshot::AccountState& account, const Entity& entity);

// The keys that are known of the principal, with its tags if it is one of the account, and the time.
policy::RequestContext PrincipalContext(const pipeline::OperationContext& context,
                                        const snapshot::AccountState& account,
                                        const policy::Principal& principal);

}  // namespace wardkeep::service::iam
