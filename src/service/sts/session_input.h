// The parts that the STS operations share: session policies and tags of a request, and the
// issue of temporary credentials (policy-semantics section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/api_error.h"
#include "api/sts/types.h"
#include "auth/issued_session.h"
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

// The session of whoever asks, for auth::IssuedSession; null for a long-term key.
const auth::Session* CallingSession(const pipeline::OperationContext& context);
// Now, for so many seconds.
auth::Issue IssueNow(const pipeline::OperationContext& context, int32_t seconds);

// Seals a session; AccessDenied when it could not be made.
ApiResult<IssuedCredentials> IssueCredentials(const pipeline::OperationContext& context,
                                              const base::Result<auth::IssuedSession>& made,
                                              const std::optional<int32_t>& minimum_token_size);

}  // namespace wardkeep::service::sts
