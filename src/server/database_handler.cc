#include "server/database_handler.h"

#include <memory>
#include <string>
#include <utility>

#include "server/store_access.h"
#include "server/store_report.h"

namespace wardkeep::server {
namespace {

base::HttpResponse Json(int status, json::Writer body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body).Take()};
}

base::HttpResponse Failure(int status, const base::Error& error) {
  json::Writer body;
  body.BeginObject().Key("error").BeginObject().Key("code").String(base::ErrorCodeName(error.code));
  body.Key("message").String(error.message).EndObject().EndObject();
  return Json(status, std::move(body));
}

// A store that cannot be opened to be read is itself a finding when the reason is damage.
base::Result<snapshot::StoreReport> Check(const Configuration& configuration, storage::Store& own,
                                          const std::function<bool()>& go_on) {
  if (configuration.memory) return snapshot::VerifyStore(own, go_on);
  auto store = OpenStoreReadOnly(configuration);
  if (store) return snapshot::VerifyStore(**store, go_on);
  if (store.error().code != base::ErrorCode::kCorrupt) return store.error();
  return snapshot::StoreReport{.findings = {{"", store.error().message}}};
}

}  // namespace

DatabaseHandler::~DatabaseHandler() {
  stopping_ = true;
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) thread_.join();
}

void DatabaseHandler::Verify(const base::Responder& respond) {
  const auto report = Check(configuration_, store_, [this] { return !stopping_.load(); });
  running_ = false;
  if (!report) return respond(Failure(500, report.error()));
  for (const snapshot::StoreFinding& finding : report->findings) {
    logger_.Error("the stored data is damaged", {{"account", finding.account}, {"what", finding.what}});
  }
  json::Writer body;
  WriteStoreReport(*report, body);
  respond(Json(200, std::move(body)));
}

void DatabaseHandler::Handle(base::HttpRequest request, base::Responder respond) {
  if (request.target != "/v1/database/verify") return next_.Handle(std::move(request), std::move(respond));
  if (request.method != "POST") {
    return respond(Failure(405, {base::ErrorCode::kInvalid, "use POST"}));
  }
  if (running_.exchange(true)) {
    return respond(
        Failure(409, {base::ErrorCode::kConflict, "a check is running already; wait for its end"}));
  }
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) thread_.join();  // at its end, as it is not running
  thread_ = std::thread([this, respond = std::move(respond)] { Verify(respond); });
}

}  // namespace wardkeep::server
