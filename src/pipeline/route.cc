#include "pipeline/route.h"

#include <optional>

#include "base/ascii.h"
#include "base/percent.h"

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
    if (service->protocol == api::Protocol::kQuery && service->version == version) return service;
  }
  return nullptr;
}

const api::Service* QueryService(const base::HttpRequest& http, std::string_view query) {
  const auto version = FormValue(http.body, "Version");
  if (version) return ByVersion(*version);
  const auto in_query = FormValue(query, "Version");
  return in_query ? ByVersion(*in_query) : nullptr;
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

  if (const std::string* target = http.Header("x-amz-target")) {
    route.service = ByTarget(*target);
    route.kind = route.service == nullptr ? RouteKind::kUnknownOperation : RouteKind::kService;
    return route;
  }
  if (authorization != nullptr) route.service = BySigningName(ScopeService(HeaderCredential(*authorization)));
  if (route.service == nullptr && presigned) route.service = BySigningName(ScopeService(*presigned));

  const bool has_action =
      FormValue(http.body, "Action").has_value() || FormValue(query, "Action").has_value();
  // A broken or foreign scope is the authentication stage's to refuse; the version says which service's words
  // to use.
  if (route.service == nullptr && has_action) {
    route.service = QueryService(http, query);
    if (route.service == nullptr) route.service = api::FindService("iam");
  }
  if (route.service != nullptr && route.service->protocol == api::Protocol::kQuery) {
    if (path != "/" && !path.empty()) {
      route.kind = RouteKind::kUnknownPath;
    } else if (!has_action) {
      route.kind = RouteKind::kDocumentation;
    } else {
      route.kind = RouteKind::kService;
    }
    return route;
  }
  if (route.service != nullptr) {
    route.kind = RouteKind::kService;
  } else if (path == "/" || path.empty()) {
    route.kind = RouteKind::kDocumentation;
  } else {
    route.kind = RouteKind::kUnknownPath;
  }
  return route;
}

}  // namespace wardkeep::pipeline
