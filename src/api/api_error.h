// ApiError: what an operation answers instead of its response, and the factories of the errors every service
// shares.
//
// `code` is the name AWS Query puts on the wire. JSON protocols spell some codes differently; JsonErrorCode
// maps them. Service errors (`api::iam::NoSuchEntity(message)`) are generated from the models into
// api/<service>/errors.h. Source: wire-protocols.md sections 2.4, 3 and 7.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardkeep::api {

struct ApiError {
  std::string code;
  int http_status = 400;
  std::string message;  // shown to the client; empty means the message element is left out
  std::vector<std::pair<std::string, std::string>> members = {};  // further members of a modelled error

  bool operator==(const ApiError&) const = default;
};

// The caller may not do this. 403.
ApiError AccessDenied(std::string message);
// A constraint of the model is broken. 400.
ApiError ValidationError(std::string message);
// "Could not find operation X for version Y". 400.
ApiError InvalidAction(std::string_view action, std::string_view version);
// A parameter cannot be read as its type; AWS sends no message. 400.
ApiError MalformedInput(std::string message = {});
// "The request must contain the parameter X." 400.
ApiError MissingParameter(std::string_view parameter);
ApiError InvalidParameterValue(std::string message);  // 400
ApiError MalformedQueryString(std::string message);   // 400
ApiError Throttling();                                // 400, "Rate exceeded"
ApiError RequestLimitExceeded();                      // 503
ApiError ServiceUnavailable();                        // 503
ApiError InternalFailure();                           // 500
ApiError MissingAuthenticationToken(std::string message = "Request is missing Authentication Token");  // 403
ApiError IncompleteSignature(std::string message);                                                     // 400
ApiError SignatureDoesNotMatch(std::string message);                                                   // 403
ApiError InvalidClientTokenId();              // 403, "The security token included in the request is invalid."
ApiError ExpiredToken();                      // 403, "The security token included in the request is expired"
ApiError OptInRequired(std::string message);  // 403
// JSON protocols only: the target names no operation, or the body is no JSON object of the right shape. 400.
ApiError UnknownOperation();
ApiError Serialization(std::string message);

// The name the JSON protocols use for a code of the list above ("ValidationError" -> "ValidationException");
// every other code is returned as it is.
std::string_view JsonErrorCode(std::string_view code);

// Whether a code is one of the errors above, which no model describes.
bool IsCommonError(std::string_view code);

// "Sender" for 4xx, "Receiver" for 5xx.
std::string_view FaultName(int http_status);

}  // namespace wardkeep::api
