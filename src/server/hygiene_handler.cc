#include "server/hygiene_handler.h"

#include <utility>

#include "base/time_text.h"
#include "json/writer.h"

namespace wardkeep::server {

void HygieneHandler::Handle(base::HttpRequest request, base::Responder respond) {
  if (request.target != "/v1/hygiene" || request.method != "GET") {
    return next_.Handle(std::move(request), std::move(respond));
  }
  json::Writer body;
  body.BeginObject().Key("findings").BeginArray();
  for (const hygiene::Finding& finding : sweep_.Findings()) {
    body.BeginObject().Key("account_id").String(finding.account.value()).Key("user").String(finding.user);
    if (!finding.access_key_id.empty()) body.Key("access_key_id").String(finding.access_key_id);
    body.Key("reason").String(hygiene::ReasonText(finding.reason));
    body.Key("due").String(base::FormatIso8601(finding.due));
    body.Key("reported").Bool(finding.reported).EndObject();
  }
  body.EndArray().Key("has_rules").Bool(sweep_.has_rules()).EndObject();
  respond({.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body).Take()});
}

}  // namespace wardkeep::server
