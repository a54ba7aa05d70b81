#include "pipeline/protocol.h"

#include <utility>

#include "base/ascii.h"
#include "pipeline/route.h"
#include "wire/aws_json.h"
#include "wire/aws_query.h"
#include "wire/cbor_json.h"

namespace wardkeep::pipeline {
namespace {

using api::ApiError;
using api::Protocol;

// A POST carries its parameters in the body, a GET in the query string; a POST may have both.
base::Result<wire::FormParameters, ApiError> ReadForm(const base::HttpRequest& http) {
  wire::FormParameters form;
  if (!http.body.empty()) WK_TRY(wire::ParseFormInto(http.body, form));
  const TargetParts target = SplitTarget(http.target);
  if (!target.query.empty()) WK_TRY(wire::ParseFormInto(target.query, form));
  return form;
}

// "sts.amazonaws.com", which stays behind the regional hosts.
bool IsGlobalHost(const base::HttpRequest& http, const api::Service& service) {
  const std::string* host = http.Header("host");
  return host != nullptr &&
         base::EqualsIgnoreAsciiCase(*host, std::string(service.endpoint_prefix) + ".amazonaws.com");
}

base::Result<RequestedOperation, ApiError> FindQueryOperation(const base::HttpRequest& http,
                                                              const api::Service& service) {
  WK_ASSIGN(wire::FormParameters form, ReadForm(http));
  const std::string* action = form.Find("Action");
  const std::string* version = form.Find("Version");
  const std::string_view name = action == nullptr ? std::string_view() : *action;
  const std::string_view asked = version == nullptr ? std::string_view("NO_VERSION_SPECIFIED") : *version;
  const api::Operation* operation = asked == service.version ? api::FindOperation(service, name) : nullptr;
  if (operation == nullptr || (operation->regional && IsGlobalHost(http, service))) {
    return api::InvalidAction(name, asked);
  }
  return RequestedOperation{operation, std::move(form)};
}

base::Result<RequestedOperation, ApiError> FindTargetOperation(const base::HttpRequest& http,
                                                               const api::Service& service) {
  const std::string* header = http.Header("x-amz-target");
  const std::string target = header != nullptr ? *header : wire::CborTarget(SplitTarget(http.target).path);
  const api::Operation* operation = api::FindOperation(service, wire::TargetOperation(service, target));
  if (operation == nullptr) return api::UnknownOperation();
  return RequestedOperation{operation, {}};
}

bool IsCbor(const base::HttpRequest& http) {
  const std::string* protocol = http.Header("smithy-protocol");
  return protocol != nullptr && *protocol == wire::kCborProtocol && http.Header("x-amz-target") == nullptr;
}

void SetCbor(base::HttpResponse& http, std::string_view json) {
  http.headers.emplace_back("Content-Type", wire::kCborContentType);
  http.headers.emplace_back("smithy-protocol", wire::kCborProtocol);
  http.body = wire::JsonToCbor(json);
}

}  // namespace

base::Result<RequestedOperation, ApiError> FindRequestedOperation(const base::HttpRequest& http,
                                                                  const api::Service& service) {
  return api::TakesForms(service.protocol) ? FindQueryOperation(http, service)
                                           : FindTargetOperation(http, service);
}

base::Result<api::AnyStruct, ApiError> DecodeRequest(const base::HttpRequest& http,
                                                     const RequestedOperation& requested) {
  const api::Operation& operation = *requested.operation;
  api::AnyStruct request = api::AnyStruct::Make(*operation.input);
  if (api::TakesForms(operation.service->protocol)) {
    WK_TRY(wire::DecodeQuery(requested.form, *operation.input, request.data()));
  } else if (IsCbor(http)) {
    WK_ASSIGN(const std::string json, wire::CborToJson(http.body));
    WK_TRY(wire::DecodeAwsJson(json, *operation.input, request.data()));
  } else {
    WK_TRY(wire::DecodeAwsJson(http.body, *operation.input, request.data()));
  }
  return request;
}

base::HttpResponse EncodeResponse(const api::Operation& operation, const api::AnyStruct& response,
                                  const AnswerForm& form) {
  base::HttpResponse http;
  http.headers.reserve(2);
  http.status = operation.http_status;
  if (operation.service->protocol == Protocol::kEc2) {
    http.headers.emplace_back("Content-Type", wire::kXmlContentType);
    http.body = wire::EncodeEc2Response(operation, response.data(), form.request_id);
  } else if (form.is_cbor) {
    SetCbor(http, wire::EncodeAwsJsonResponse(operation, response.data()));
  } else if (operation.service->protocol != Protocol::kQuery) {
    http.headers.emplace_back("Content-Type", wire::AwsJsonContentType(*operation.service));
    http.body = wire::EncodeAwsJsonResponse(operation, response.data());
  } else if (form.json_variant) {
    http.headers.emplace_back("Content-Type", wire::kJsonContentType);
    http.body = wire::EncodeQueryResponseJson(operation, response.data(), form.request_id);
  } else {
    http.headers.emplace_back("Content-Type", wire::kXmlContentType);
    http.body = wire::EncodeQueryResponse(operation, response.data(), form.request_id);
  }
  return http;
}

base::HttpResponse EncodeError(const api::Service& service, const ApiError& error, bool operation_known,
                               const AnswerForm& form) {
  base::HttpResponse http;
  http.status = error.http_status;
  if (service.protocol == Protocol::kEc2) {
    http.headers.emplace_back("Content-Type", wire::kXmlContentType);
    http.body = wire::EncodeEc2Error(error, form.request_id);
  } else if (form.is_cbor) {
    SetCbor(http, wire::EncodeAwsJsonError(error));
  } else if (service.protocol != Protocol::kQuery) {
    http.headers.emplace_back("Content-Type", wire::AwsJsonContentType(service));
    http.headers.emplace_back("x-amzn-ErrorType", std::string(wire::AwsJsonErrorType(error)));
    http.body = wire::EncodeAwsJsonError(error);
  } else if (form.json_variant) {
    http.headers.emplace_back("Content-Type", wire::kJsonContentType);
    http.body = wire::EncodeQueryErrorJson(error, form.request_id);
  } else {
    http.headers.emplace_back("Content-Type", wire::kXmlContentType);
    http.body = wire::EncodeQueryError(error, operation_known ? service.xml_namespace : wire::kFaultNamespace,
                                       form.request_id);
  }
  return http;
}

}  // namespace wardkeep::pipeline
