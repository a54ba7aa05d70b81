// The authorisation stage: asks for every action that the operation's row demands, on its resource and with
// its condition keys, before the handler runs.
#pragma once

#include "api/any_struct.h"
#include "api/api_error.h"
#include "api/operation.h"
#include "base/result.h"
#include "pipeline/authorizer.h"
#include "pipeline/caller_identity.h"
#include "pipeline/services.h"
#include "pipeline/target.h"

namespace wardkeep::pipeline {

// Role sessions and root users have rules of their own for whole groups of operations
// (policy-semantics 5.1, 5.2). Part of Authorize; apart for what must not begin before it.
base::Result<void, api::ApiError> CheckCredentialClass(const api::Operation& operation,
                                                       const CallerIdentity& caller);

// The target as it was found: a handler that acts on it (sts:AssumeRole) acts on the very entity that was
// decided about.
base::Result<Target, api::ApiError> Authorize(const api::Operation& operation, const api::AnyStruct& request,
                                              const CallerIdentity& caller, const Services& services,
                                              const Authorizer& authorizer);

}  // namespace wardkeep::pipeline
