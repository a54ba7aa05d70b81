// Checks a decoded request against the constraints of its model: required members, lengths, ranges, patterns,
// enums, list sizes, at any depth.
//
//   WK_TRY(Validate(*operation.service, *operation.input, request.data()));
//
// All violations are collected, in model order, into one message worded as AWS words it for that service:
//   1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length
//   ...
// Strings are counted in Unicode scalars. Pure function, thread-safe; linear in the size of the request.
// Source: wire-protocols.md section 6; the wording switches and custom sentences are in models/overlays.
#pragma once

#include "api/api_error.h"
#include "api/operation.h"
#include "api/shape.h"
#include "base/result.h"

namespace wardkeep::api {

// ValidationError, or MissingParameter for the few members that answer so.
base::Result<void, ApiError> Validate(const Service& service, const Shape& input, const void* request);

}  // namespace wardkeep::api
