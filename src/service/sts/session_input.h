// The parts that the STS operations share: session policies and tags of a request, and the
// issue of temporary credentials (policy-semantics section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/api_error.h"
#include "api/sts/types.h"
#include "auth/session.h"
#include "base/result.h"
#include "pipeline/operation_context.h"

namespace wardkeep::service::sts {

template <typename T>
using ApiResult = base::Result<T, api::ApiError>;

// Inline policy and managed policy ARNs into the session. The ARNs must name managed policies of `account` or
// of AWS. PackedPolicyTooLarge when their plain text exceeds 2,048 characters together.
ApiResult<void> ReadSessionPolicies(const snapshot::AccountState& account,
                                    const std::optional<std::string>& policy,
                                    const std::optional<std::vector<api::sts::PolicyDescriptorType>>& arns,
                                    auth::Session& session);

// Session tags: no duplicates ignoring case, no `aws:` prefix.
ApiResult<std::vector<auth::SessionTag>> ReadSessionTags(
    const std::optional<std::vector<api::sts::Tag>>& tags);

struct IssuedCredentials {
  api::sts::Credentials credentials;
  std::optional<int32_t> packed_policy_size;  // percent; absent when nothing was packed
  int32_t token_utilization = 0;              // percent of the largest token
  int32_t token_size = 0;                     // characters
};

// Completes the session with key, secret and times, and seals it. `duration` in seconds.
ApiResult<IssuedCredentials> IssueCredentials(const pipeline::OperationContext& context,
                                              auth::Session session, int32_t duration,
                                              const std::optional<int32_t>& minimum_token_size);

}  // namespace wardkeep::service::sts
