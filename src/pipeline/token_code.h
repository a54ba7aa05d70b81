// SerialNumber and TokenCode of an STS request, with AWS's texts for what is wrong with them (data-formats
// section 9).
#pragma once

#include "api/api_error.h"
#include "base/result.h"
#include "pipeline/caller_identity.h"
#include "pipeline/registry.h"
#include "pipeline/second_factor.h"

namespace wardkeep::pipeline {

// Uses the code in the edit, which is on the caller's account. Role sessions and federated users have no
// devices.
base::Result<void, api::ApiError> CheckTokenCode(const Services& services, snapshot::AccountEdit& edit,
                                                 const CallerIdentity& caller, const TokenCodeArguments& code,
                                                 base::Instant now);

}  // namespace wardkeep::pipeline
