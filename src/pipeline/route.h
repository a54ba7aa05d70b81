// The routing stage: which service a request is for, on the one port that serves them all (wire-protocols.md
// section 5). The order: X-Amz-Target, credential scope, Action with Version, path. Pure; looks at the
// request as sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/operation.h"
#include "base/http_message.h"

namespace wardkeep::pipeline {

// How the services of AWS word their errors.
enum class ForeignProtocol : uint8_t { kQuery, kEc2, kJson10, kJson11, kRestJson, kRestXml, kS3, kCbor };

enum class RouteKind {
  kService,         // `service` is set
  kFrontPage,       // not an API call: a page for people
  kUnknownPath,     // a path that no service has: 404
  kForeignService,  // a call of a service that is not served: `foreign` is set
};

// A call of a service that is not served, as far as it can be told from the request.
struct ForeignCall {
  ForeignProtocol protocol = ForeignProtocol::kRestJson;
  std::string service;    // signing name, "s3"; the prefix of the target where there is no scope
  std::string operation;  // empty where the protocol does not name it
};

struct Route {
  RouteKind kind = RouteKind::kUnknownPath;
  const api::Service* service = nullptr;
  ForeignCall foreign;     // set for services of which only a part is served, too
  bool is_cbor = false;    // a JSON service called by Smithy RPC v2 CBOR
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
