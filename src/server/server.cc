#include "server/server.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "log/file_sink.h"
#include "log/log.h"
#include "server/admin_handler.h"
#include "server/application.h"
#include "server/metrics.h"
#include "server/process_limits.h"
#include "server/serve_until_stopped.h"
#include "server/signals.h"

namespace wardkeep::server {
namespace {

using base::Result;

Result<std::unique_ptr<log::Sink>> OpenLog(const Configuration& configuration) {
  if (configuration.log_file.empty()) return log::MakeStderrSink();
  return log::OpenFileSink(configuration.log_file);
}

// Answers every API request with 503 and knows no accounts.
class EmptyApplication final : public Application, private base::HttpHandler, private AccountRegistry {
 public:
  explicit EmptyApplication(base::AccountId account) : account_(std::move(account)) {}

  base::HttpHandler& api() override { return *this; }
  base::HttpHandler& administration() override { return admin_; }
  base::AccountId first_account() const override { return account_; }
  base::HttpResponse OverloadResponse() const override { return {.status = 503, .headers = {}, .body = {}}; }

 private:
  void Handle(base::HttpRequest, base::Responder respond) override {
    respond({.status = 503, .headers = {}, .body = {}});
  }
  void Create(std::string, std::string, std::function<void(Result<CreatedAccount>)> done) override {
    done(base::Error(base::ErrorCode::kUnavailable, "accounts cannot be created yet"));
  }
  Result<std::vector<AccountSummary>> List() override { return std::vector<AccountSummary>{}; }

  const base::AccountId account_;
  AdminHandler admin_{*this};
};

}  // namespace

Result<void> Server::Run(const Configuration& configuration) {
  SetProcessLimits();
  ShutdownSignals signals;
  WK_ASSIGN(const auto sink, OpenLog(configuration));
  const base::SystemClock clock;
  const log::Logger logger(*sink, clock, configuration.log_level);
  Metrics metrics;
  EmptyApplication application(configuration.account_id.value_or(base::AccountId("000000000000")));
  return ServeUntilStopped(configuration, application, {logger, clock, metrics}, signals);
}

}  // namespace wardkeep::server
