// REST JSON 1, server side: labels, query, headers and body to a request, and a response back to status,
// headers and body. Which operation a method and path mean is decided elsewhere (uri_template.h matches one
// template).
//
// Pure functions, thread-safe. Source: wire-protocols.md section 4.
#pragma once

#include <string>
#include <string_view>

#include "api/api_error.h"
#include "api/operation.h"
#include "base/http_message.h"
#include "base/result.h"
#include "wire/form.h"

namespace wardkeep::wire {

struct RestRequest {
  std::string_view path;  // as sent, percent-encoded, without the query
  const FormParameters& query;
  const base::HttpHeaders& headers;
  std::string_view body;
};

struct RestResponse {
  int status = 200;
  base::HttpHeaders headers;
  std::string body;
};

// Fills `out` (a fresh value of the operation's input). SerializationException for a body or parameter of the
// wrong type, UnknownOperationException if the path does not fit the operation.
base::Result<void, api::ApiError> DecodeRestJson(const api::Operation& operation, const RestRequest& request,
                                                 void* out);

RestResponse EncodeRestJsonResponse(const api::Operation& operation, const void* response);
// Status, x-amzn-ErrorType and {"message":"..."} with the error's further members.
RestResponse EncodeRestJsonError(const api::ApiError& error);

}  // namespace wardkeep::wire
