#include "server/server.h"

#include <unistd.h>

#include <memory>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "log/buffered_sink.h"
#include "log/file_sink.h"
#include "log/log.h"
#include "server/addresses.h"
#include "server/iam_application.h"
#include "server/metrics.h"
#include "server/process_limits.h"
#include "server/serve_until_stopped.h"
#include "server/signals.h"

namespace wardkeep::server {
namespace {

using base::Result;

Result<std::unique_ptr<log::Sink>> OpenLog(const Configuration& configuration) {
  std::unique_ptr<log::Sink> sink;
  if (configuration.log_file.empty()) {
    sink = log::MakeStderrSink();
  } else {
    WK_ASSIGN(sink, log::OpenFileSink(configuration.log_file));
  }
  sink = std::make_unique<log::BufferedSink>(std::move(sink));
  return sink;
}

log::Format ChooseFormat(const Configuration& configuration) {
  const bool on_terminal = configuration.log_file.empty() && ::isatty(STDERR_FILENO) == 1;
  return configuration.log_format.value_or(on_terminal ? log::Format::kText : log::Format::kJson);
}

}  // namespace

Result<void> Server::Run(const Configuration& configuration) {
  SetProcessLimits();
  ShutdownSignals signals;
  WK_ASSIGN(const auto sink, OpenLog(configuration));
  const base::SystemClock clock;
  const log::Logger logger(*sink, clock, configuration.log_level, ChooseFormat(configuration));
  Metrics metrics;
  WK_ASSIGN(auto api, BindPublic(configuration));
  WK_ASSIGN(auto metrics_address, BindMetrics(configuration));
  WK_ASSIGN(const auto application, OpenIamApplication(configuration, logger, clock, metrics));
  WK_ASSIGN(auto administration, BindAdministration(configuration, logger));
  WK_TRY(application->Begin());
  ServeUntilStopped(configuration, {std::move(api), std::move(administration), std::move(metrics_address)},
                    *application, {logger, clock, metrics}, signals);
  return {};
}

}  // namespace wardkeep::server
