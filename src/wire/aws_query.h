// AWS Query, server side: form parameters to requests, responses and errors to XML or to its JSON variant.
//
//   WK_ASSIGN(FormParameters form, ParseForm(body));
//   api::AnyStruct request = api::AnyStruct::Make(*operation.input);
//   WK_TRY(DecodeQuery(form, *operation.input, request.data()));
//   ...
//   response.body = EncodeQueryResponse(operation, result.data(), request_id);
//
// Pure functions, thread-safe. Memory and time are linear in the parameters sent, whatever indexes they name.
// Source: wire-protocols.md section 2.
#pragma once

#include <string>
#include <string_view>

#include "api/api_error.h"
#include "api/operation.h"
#include "base/result.h"
#include "wire/form.h"

namespace wardkeep::wire {

inline constexpr std::string_view kXmlContentType = "text/xml";
inline constexpr std::string_view kJsonContentType = "application/json";
// Namespace of faults raised before an operation is identified.
inline constexpr std::string_view kFaultNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09";

// Fills `out` (a value of the structure `input` describes, freshly made). MalformedInput if a parameter
// cannot be read as its type. Unknown parameters are ignored; constraints are not checked here
// (api/validate.h).
base::Result<void, api::ApiError> DecodeQuery(const FormParameters& form, const api::Shape& input, void* out);

std::string EncodeQueryResponse(const api::Operation& operation, const void* response,
                                std::string_view request_id);
// `xml_namespace`: the service's, or kFaultNamespace.
std::string EncodeQueryError(const api::ApiError& error, std::string_view xml_namespace,
                             std::string_view request_id);

// The answers of EC2: no wrapper around the result, and errors in a list.
std::string EncodeEc2Response(const api::Operation& operation, const void* response,
                              std::string_view request_id);
std::string EncodeEc2Error(const api::ApiError& error, std::string_view request_id);

// The answers to a request with `Accept: application/json`.
std::string EncodeQueryResponseJson(const api::Operation& operation, const void* response,
                                    std::string_view request_id);
std::string EncodeQueryErrorJson(const api::ApiError& error, std::string_view request_id);

}  // namespace wardkeep::wire
