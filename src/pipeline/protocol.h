// The codec stage: one interface over the wire protocols, chosen by the service's model.
#pragma once

#include <string>
#include <string_view>

#include "api/any_struct.h"
#include "api/api_error.h"
#include "api/operation.h"
#include "base/http_message.h"
#include "base/result.h"
#include "wire/form.h"

namespace wardkeep::pipeline {

// The operation a request asks for, with its parameters not yet decoded.
struct RequestedOperation {
  const api::Operation* operation = nullptr;
  wire::FormParameters form;  // of the Query protocol; taken apart once, as it names the operation too
};

// InvalidAction or UnknownOperation when the service has none such.
base::Result<RequestedOperation, api::ApiError> FindRequestedOperation(const base::HttpRequest& http,
                                                                       const api::Service& service);

base::Result<api::AnyStruct, api::ApiError> DecodeRequest(const base::HttpRequest& http,
                                                          const RequestedOperation& requested);

// What an answer needs to know of its request.
struct AnswerForm {
  std::string request_id;
  bool json_variant = false;  // Query with `Accept: application/json`
  bool is_cbor = false;       // Smithy RPC v2 CBOR
};

base::HttpResponse EncodeResponse(const api::Operation& operation, const api::AnyStruct& response,
                                  const AnswerForm& form);
// `operation_known`: false for faults raised before an operation was identified, which AWS words in another
// namespace.
base::HttpResponse EncodeError(const api::Service& service, const api::ApiError& error, bool operation_known,
                               const AnswerForm& form);

}  // namespace wardkeep::pipeline
