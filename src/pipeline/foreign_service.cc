#include "pipeline/foreign_service.h"

#include <string>
#include <utility>

#include "api/api_error.h"
#include "json/writer.h"
#include "wire/aws_query.h"
#include "wire/cbor_json.h"
#include "xml/writer.h"

namespace wardkeep::pipeline {
namespace {

constexpr std::string_view kJsonType = "application/json";
constexpr std::size_t kLongestName = 64;  // of a service in a message
constexpr std::string_view kFrontPageText = R"(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Wardkeep</title></head>
<body>
<h1>Wardkeep</h1>
<p>This server speaks the protocols of AWS IAM and AWS STS. Programs talk to it, and so do you with their help:</p>
<pre>aws --endpoint-url THIS-ADDRESS sts get-caller-identity</pre>
<p>It serves IAM and STS and no other service; in particular it has no S3.</p>
</body>
</html>
)";

struct Fault {
  int status = 400;
  std::string code;
  std::string message;
};

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

// The name; characters that no name of a service has are shown as '?'.
std::string ShownName(std::string_view service) {
  std::string shown;
  for (const char c : service.substr(0, kLongestName)) shown += IsNameCharacter(c) ? c : '?';
  return shown;
}

// Calls that make sense without an organization get the answer of an account that has none.
bool MeansNotInUse(const ForeignCall& call) {
  for (const std::string_view other : {"CreateOrganization", "AcceptHandshake", "DeclineHandshake",
                                       "CancelHandshake", "DescribeHandshake", "ListHandshakesForAccount"}) {
    if (call.operation == other) return false;
  }
  return call.service == "organizations" || call.service == "AWSOrganizationsV20161128";
}

Fault FaultOf(const ForeignCall& call) {
  const std::string operation = call.operation.empty() ? "" : " (" + ShownName(call.operation) + ")";
  const std::string missing = "Wardkeep serves IAM and STS, not " + ShownName(call.service) + operation +
                              ": send this call to another endpoint.";
  switch (call.protocol) {
    case ForeignProtocol::kJson10:
    case ForeignProtocol::kJson11:
      if (MeansNotInUse(call))
        return {400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."};
      return {400, "UnknownOperationException", missing};
    case ForeignProtocol::kQuery:
    case ForeignProtocol::kEc2:
    case ForeignProtocol::kRestXml:
      return {400, "InvalidAction", missing};
    case ForeignProtocol::kS3:
      return {501, "NotImplemented",
              "Wardkeep has no S3: it serves IAM and STS. Send S3 calls to another endpoint."};
    case ForeignProtocol::kRestJson:
    case ForeignProtocol::kCbor:
      break;
  }
  return {404, "UnknownOperationException", missing};
}

base::HttpResponse Text(int status, std::string_view type, std::string body) {
  base::HttpResponse response;
  response.status = status;
  response.headers.emplace_back("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

base::HttpResponse Json(const Fault& fault, std::string_view type, std::string_view type_namespace) {
  json::Writer out;
  out.BeginObject().Key("__type").String(std::string(type_namespace) + fault.code);
  out.Key(type == kJsonType ? "message" : "Message").String(fault.message).EndObject();
  base::HttpResponse response = Text(fault.status, type, std::move(out).Take());
  response.headers.emplace_back("x-amzn-ErrorType", fault.code);
  return response;
}

std::string S3Error(const Fault& fault, std::string_view request_id) {
  xml::Writer out;
  out.Open("Error").Element("Code", fault.code).Element("Message", fault.message);
  out.Element("RequestId", request_id).Element("HostId", "wardkeep").Close();
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::move(out).Take();
}

api::ApiError ErrorOf(const Fault& fault) {
  return {.code = fault.code, .http_status = fault.status, .message = fault.message};
}

}  // namespace

base::HttpResponse RefuseForeign(const ForeignCall& call, std::string_view request_id) {
  const Fault fault = FaultOf(call);
  switch (call.protocol) {
    case ForeignProtocol::kQuery:
    case ForeignProtocol::kRestXml:
      return Text(fault.status, wire::kXmlContentType,
                  wire::EncodeQueryError(ErrorOf(fault), wire::kFaultNamespace, request_id));
    case ForeignProtocol::kEc2:
      return Text(fault.status, wire::kXmlContentType, wire::EncodeEc2Error(ErrorOf(fault), request_id));
    case ForeignProtocol::kS3: {
      base::HttpResponse response = Text(fault.status, "application/xml", S3Error(fault, request_id));
      response.headers.emplace_back("x-amz-request-id", std::string(request_id));
      return response;
    }
    case ForeignProtocol::kJson10:
      return Json(fault, "application/x-amz-json-1.0", "com.amazon.coral.service#");
    case ForeignProtocol::kJson11:
      return Json(fault, "application/x-amz-json-1.1", {});
    case ForeignProtocol::kCbor: {
      json::Writer out;
      out.BeginObject().Key("__type").String(fault.code).Key("message").String(fault.message).EndObject();
      base::HttpResponse response = Text(fault.status, wire::kCborContentType, wire::JsonToCbor(out.text()));
      response.headers.emplace_back("smithy-protocol", std::string(wire::kCborProtocol));
      return response;
    }
    case ForeignProtocol::kRestJson:
      break;
  }
  return Json(fault, kJsonType, {});
}

base::HttpResponse RefuseUnknownPath(const base::HttpRequest& http) {
  const std::string* type = http.Header("content-type");
  if (type != nullptr && type->find("json") != std::string::npos) {
    return Json({404, "UnknownOperationException", "Wardkeep serves IAM and STS: neither has this path."},
                kJsonType, {});
  }
  base::HttpResponse response = Text(404, wire::kXmlContentType, "<UnknownOperationException/>\n");
  response.headers.emplace_back("x-amzn-ErrorType", "UnknownOperationException");
  return response;
}

base::HttpResponse FrontPage(const base::HttpRequest& http) {
  if (http.method == "GET") {
    base::HttpResponse page = Text(200, "text/html; charset=utf-8", std::string(kFrontPageText));
    page.headers.emplace_back("Content-Security-Policy", "default-src 'none'");
    page.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return page;
  }
  base::HttpResponse response;
  response.status = 302;
  response.headers.emplace_back("Location", "/");
  return response;
}

}  // namespace wardkeep::pipeline
