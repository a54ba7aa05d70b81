#include "api/api_error.h"

namespace wardkeep::api {
namespace {

// Query and JSON spell the errors of the front door differently (wire-protocols.md section 3, last
// paragraph).
struct CommonError {
  std::string_view code;
  std::string_view json_code;
  int http_status;
  std::string_view message;
};

constexpr CommonError kCommonErrors[] = {
    {"AccessDenied", "AccessDeniedException", 403, ""},
    {"ValidationError", "ValidationException", 400, ""},
    {"InvalidAction", "UnknownOperationException", 400, ""},
    {"MalformedInput", "SerializationException", 400, ""},
    {"MissingParameter", "ValidationException", 400, ""},
    {"InvalidParameterValue", "ValidationException", 400, ""},
    {"MalformedQueryString", "MalformedQueryString", 400, ""},
    {"Throttling", "ThrottlingException", 400, "Rate exceeded"},
    {"RequestLimitExceeded", "RequestLimitExceeded", 503, ""},
    {"ServiceUnavailable", "ServiceUnavailable", 503, ""},
    {"InternalFailure", "InternalFailure", 500,
     "The request processing has failed because of an unknown error, exception or failure."},
    {"MissingAuthenticationToken", "MissingAuthenticationTokenException", 403, ""},
    {"IncompleteSignature", "IncompleteSignatureException", 400, ""},
    {"SignatureDoesNotMatch", "InvalidSignatureException", 403, ""},
    {"InvalidClientTokenId", "UnrecognizedClientException", 403,
     "The security token included in the request is invalid."},
    {"ExpiredToken", "ExpiredTokenException", 403, "The security token included in the request is expired"},
    {"OptInRequired", "OptInRequired", 403, ""},
    {"UnknownOperationException", "UnknownOperationException", 400, ""},
    {"SerializationException", "SerializationException", 400, ""},
};

const CommonError* FindCommon(std::string_view code) {
  for (const CommonError& row : kCommonErrors) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

ApiError Make(std::string_view code) {
  const CommonError* row = FindCommon(code);
  return {std::string(code), row->http_status, std::string(row->message), {}};
}

ApiError Make(std::string_view code, std::string message) {
  return {std::string(code), FindCommon(code)->http_status, std::move(message), {}};
}

}  // namespace

ApiError AccessDenied(std::string message) {
  return Make("AccessDenied", std::move(message));
}
ApiError ValidationError(std::string message) {
  return Make("ValidationError", std::move(message));
}

ApiError InvalidAction(std::string_view action, std::string_view version) {
  std::string text = "Could not find operation ";
  text.append(action).append(" for version ");
  text.append(version.empty() ? std::string_view("NO_VERSION_SPECIFIED") : version);
  return Make("InvalidAction", std::move(text));
}

ApiError MalformedInput(std::string message) {
  return Make("MalformedInput", std::move(message));
}

ApiError MissingParameter(std::string_view parameter) {
  return Make("MissingParameter", "The request must contain the parameter " + std::string(parameter) + ".");
}

ApiError InvalidParameterValue(std::string message) {
  return Make("InvalidParameterValue", std::move(message));
}
ApiError MalformedQueryString(std::string message) {
  return Make("MalformedQueryString", std::move(message));
}
ApiError Throttling() {
  return Make("Throttling");
}
ApiError RequestLimitExceeded() {
  return Make("RequestLimitExceeded");
}
ApiError ServiceUnavailable() {
  return Make("ServiceUnavailable");
}
ApiError InternalFailure() {
  return Make("InternalFailure");
}

ApiError MissingAuthenticationToken(std::string message) {
  return Make("MissingAuthenticationToken", std::move(message));
}

ApiError IncompleteSignature(std::string message) {
  return Make("IncompleteSignature", std::move(message));
}
ApiError SignatureDoesNotMatch(std::string message) {
  return Make("SignatureDoesNotMatch", std::move(message));
}
ApiError InvalidClientTokenId() {
  return Make("InvalidClientTokenId");
}
ApiError ExpiredToken() {
  return Make("ExpiredToken");
}
ApiError OptInRequired(std::string message) {
  return Make("OptInRequired", std::move(message));
}
ApiError UnknownOperation() {
  return Make("UnknownOperationException");
}
ApiError Serialization(std::string message) {
  return Make("SerializationException", std::move(message));
}

std::string_view JsonErrorCode(std::string_view code) {
  const CommonError* row = FindCommon(code);
  return row == nullptr ? code : row->json_code;
}

bool IsCommonError(std::string_view code) {
  return FindCommon(code) != nullptr;
}

std::string_view FaultName(int http_status) {
  return http_status >= 500 ? "Receiver" : "Sender";
}

}  // namespace wardkeep::api
