// What a client hears that calls a service which is not served here: an error in the form of its own
// protocol, with the name of the missing service, so that its tool can say what is wrong (wire-protocols.md
// sections 2 to 5). Nothing is looked up, so the request is not authenticated. Pure functions, thread-safe.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "pipeline/route.h"

namespace wardkeep::pipeline {

base::HttpResponse RefuseForeign(const ForeignCall& call, std::string_view request_id);
// For an unsigned request to a path that no service has: XML, or JSON for whoever sent some.
base::HttpResponse RefuseUnknownPath(const base::HttpRequest& http);
// The page for people who come with a browser; other methods are sent to it.
base::HttpResponse FrontPage(const base::HttpRequest& http);

}  // namespace wardkeep::pipeline
