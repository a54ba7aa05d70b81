// AWS JSON 1.0 and 1.1, server side. Pure functions, thread-safe. Source: wire-protocols.md section 3.
#pragma once

#include <string>
#include <string_view>

#include "api/api_error.h"
#include "api/operation.h"
#include "base/result.h"

namespace wardkeep::wire {

// "application/x-amz-json-1.1" for a service of JSON version 1.1.
std::string AwsJsonContentType(const api::Service& service);

// The operation part of `X-Amz-Target: Prefix.Operation` if the prefix is the service's; empty otherwise.
std::string_view TargetOperation(const api::Service& service, std::string_view target);

// Fills `out` (a fresh value of the structure). An empty body is an empty object. SerializationException for
// text that is not JSON, repeats a member, nests deeper than 64 levels, or has a value of the wrong type.
base::Result<void, api::ApiError> DecodeAwsJson(std::string_view body, const api::Shape& input, void* out);

std::string EncodeAwsJsonResponse(const api::Operation& operation, const void* response);

// {"__type":"NoSuchEntityException","Message":"..."}; also send AwsJsonErrorType in the header
// x-amzn-ErrorType. `type_namespace` is put before the type with a '#', as JSON 1.0 demands; empty: none.
std::string EncodeAwsJsonError(const api::ApiError& error, std::string_view type_namespace = {});
// The code as the JSON protocols spell it.
std::string_view AwsJsonErrorType(const api::ApiError& error);
// The HTTP status AWS JSON answers with: the front door's 403 and 404 become 400 (a modelled error keeps its
// own).
int AwsJsonErrorStatus(const api::ApiError& error);

}  // namespace wardkeep::wire
