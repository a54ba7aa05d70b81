// MaxSigninSessionDuration of roles and login profiles: the longest session that a sign-in may give. It binds
// sign-in alone, not AssumeRole (api-surface, MaxSigninSessionDuration).
#pragma once

#include <cstdint>
#include <optional>

#include "api/iam/errors.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// Applies the members of UpdateRole and UpdateLoginProfile. InvalidInput for a new value together with its
// reset.
template <typename Request>
ApiResult<void> ChangeSigninDuration(const Request& request, std::optional<int32_t>& duration) {
  const bool reset = request.reset_max_signin_session_duration.value_or(false);
  if (reset && request.max_signin_session_duration) {
    return api::iam::InvalidInput(
        "MaxSigninSessionDuration and ResetMaxSigninSessionDuration exclude each other: give one of them.");
  }
  if (reset) duration.reset();
  if (request.max_signin_session_duration) duration = request.max_signin_session_duration;
  return {};
}

}  // namespace wardkeep::service::iam
