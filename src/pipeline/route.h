// The routing stage: which service a request is for, on the one port that serves them all (wire-protocols.md
// section 5). The order: X-Amz-Target, credential scope, Action with Version, path. Pure; looks at the
// request as sent.
#pragma once

#include <string>
#include <string_view>

#include "api/operation.h"
#include "base/http_message.h"

namespace wardkeep::pipeline {

enum class RouteKind {
  kService,           // `service` is set
  kDocumentation,     // not an API call: AWS answers with a redirect to its documentation
  kUnknownPath,       // POST to a path that no service has: 404
  kUnknownOperation,  // a target or scope that names no service here
};

struct Route {
  RouteKind kind = RouteKind::kUnknownOperation;
  const api::Service* service = nullptr;
  bool is_signed = false;  // carries an Authorization header or a presigned query
};

Route FindRoute(const base::HttpRequest& http);

// Path and query of a request target; the query is without its '?'.
struct TargetParts {
  std::string_view path;
  std::string_view query;
};
TargetParts SplitTarget(std::string_view target);

}  // namespace wardkeep::pipeline
