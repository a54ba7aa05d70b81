#include "pipeline/route.h"

#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/percent.h"
#include "wire/cbor_json.h"

namespace wardkeep::pipeline {
namespace {

// The value of the first `name=` in a query string or form body, percent-decoded; nullopt when absent or
// broken.
std::optional<std::string> FormValue(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    const std::size_t end = form.find('&');
    const std::string_view pair = form.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) == name) {
      return base::PercentDecode(equals == std::string_view::npos ? "" : pair.substr(equals + 1),
                                 base::PlusSign::kSpace);
    }
    if (end == std::string_view::npos) break;
    form.remove_prefix(end + 1);
  }
  return std::nullopt;
}

// The service element of AKID/date/region/service/aws4_request; empty when there are not five elements.
std::string_view ScopeService(std::string_view credential) {
  for (int i = 0; i < 3; ++i) {
    const std::size_t slash = credential.find('/');
    if (slash == std::string_view::npos) return {};
    credential.remove_prefix(slash + 1);
  }
  return credential.substr(0, credential.find('/'));
}

std::string_view HeaderCredential(std::string_view authorization) {
  const std::size_t start = authorization.find("Credential=");
  if (start == std::string_view::npos) return {};
  const std::string_view rest = authorization.substr(start + 11);
  return rest.substr(0, rest.find_first_of(", "));
}

const api::Service* BySigningName(std::string_view signing_name) {
  for (const api::Service* service : api::Services()) {
    if (service->signing_name == signing_name) return service;
  }
  return nullptr;
}

const api::Service* ByTarget(std::string_view target) {
  const std::string_view prefix = target.substr(0, target.rfind('.'));
  for (const api::Service* service : api::Services()) {
    if (!service->target_prefix.empty() && service->target_prefix == prefix) return service;
  }
  return nullptr;
}

const api::Service* ByVersion(std::string_view version) {
  for (const api::Service* service : api::Services()) {
    if (api::TakesForms(service->protocol) && service->version == version) return service;
  }
  return nullptr;
}

const api::Service* QueryService(const base::HttpRequest& http, std::string_view query) {
  const auto version = FormValue(http.body, "Version");
  if (version) return ByVersion(*version);
  const auto in_query = FormValue(query, "Version");
  return in_query ? ByVersion(*in_query) : nullptr;
}

// The service that a request is signed for; "s3" for signatures older than version 4, which only S3 took.
std::string SignedService(const std::string* authorization, const std::optional<std::string>& presigned) {
  if (authorization != nullptr) {
    if (authorization->starts_with("AWS ")) return "s3";
    return std::string(ScopeService(HeaderCredential(*authorization)));
  }
  return presigned ? std::string(ScopeService(*presigned)) : std::string();
}

ForeignCall TargetCall(const base::HttpRequest& http, std::string_view target, const std::string& scope) {
  const std::string* type = http.Header("content-type");
  const std::size_t dot = target.rfind('.');
  ForeignCall call;
  call.protocol = type != nullptr && type->find("json-1.0") != std::string::npos ? ForeignProtocol::kJson10
                                                                                 : ForeignProtocol::kJson11;
  call.service = scope.empty() ? std::string(target.substr(0, dot)) : scope;
  if (dot != std::string_view::npos) call.operation = std::string(target.substr(dot + 1));
  return call;
}

// /service/NAME/operation/NAME
ForeignCall CborCall(std::string_view path, const std::string& scope) {
  ForeignCall call{.protocol = ForeignProtocol::kCbor, .service = scope, .operation = {}};
  const std::size_t last = path.rfind('/');
  if (last != std::string_view::npos) call.operation = std::string(path.substr(last + 1));
  if (call.service.empty() && path.starts_with("/service/")) {
    call.service = std::string(path.substr(9, path.find('/', 9) - 9));
  }
  return call;
}

ForeignCall SignedCall(const std::string& scope, const std::string& action) {
  ForeignCall call{.protocol = ForeignProtocol::kRestJson, .service = scope, .operation = action};
  for (const std::string_view name : {"s3", "s3express", "s3-object-lambda", "s3-outposts"}) {
    if (scope == name) call.protocol = ForeignProtocol::kS3;
  }
  for (const std::string_view name : {"route53", "cloudfront"}) {
    if (scope == name) call.protocol = ForeignProtocol::kRestXml;
  }
  if (!action.empty()) call.protocol = scope == "ec2" ? ForeignProtocol::kEc2 : ForeignProtocol::kQuery;
  return call;
}

}  // namespace

TargetParts SplitTarget(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

Route FindRoute(const base::HttpRequest& http) {
  const auto [path, query] = SplitTarget(http.target);
  Route route;
  const std::string* authorization = http.Header("authorization");
  const auto presigned = FormValue(query, "X-Amz-Credential");
  const bool presigned_form = FormValue(query, "X-Amz-Algorithm").has_value();
  route.is_signed = authorization != nullptr || presigned.has_value() || presigned_form;

  const std::string scope = SignedService(authorization, presigned);
  if (const std::string* target = http.Header("x-amz-target")) {
    route.service = ByTarget(*target);
    route.foreign = TargetCall(http, *target, scope);
    route.kind = route.service == nullptr ? RouteKind::kForeignService : RouteKind::kService;
    return route;
  }
  if (const std::string* protocol = http.Header("smithy-protocol")) {
    if (*protocol == "rpc-v2-cbor") {
      route.service = ByTarget(wire::CborTarget(path));
      route.foreign = CborCall(path, scope);
      route.kind = route.service == nullptr ? RouteKind::kForeignService : RouteKind::kService;
      route.is_cbor = route.service != nullptr;
      return route;
    }
  }
  if (!scope.empty()) route.service = BySigningName(scope);
  const auto body_action = FormValue(http.body, "Action");
  const auto action = body_action ? body_action : FormValue(query, "Action");
  // A broken scope, or a foreign one on a call of ours, is the authentication stage's to refuse; the version
  // says which service's words to use.
  if (route.service == nullptr && action) route.service = QueryService(http, query);
  if (!scope.empty()) route.foreign = SignedCall(scope, action.value_or(""));
  if (route.service == nullptr && !scope.empty()) {
    route.kind = RouteKind::kForeignService;
    return route;
  }
  if (route.service == nullptr && action) route.service = api::FindService("iam");
  const bool at_root = path == "/" || path.empty();
  if (route.service != nullptr && api::TakesForms(route.service->protocol) && at_root) {
    route.kind = action ? RouteKind::kService : RouteKind::kFrontPage;
  } else if (route.service != nullptr && !api::TakesForms(route.service->protocol)) {
    route.kind = RouteKind::kService;
  } else {
    route.kind = at_root ? RouteKind::kFrontPage : RouteKind::kUnknownPath;
  }
  return route;
}

}  // namespace wardkeep::pipeline
