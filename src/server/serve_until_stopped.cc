#include "server/serve_until_stopped.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "net/listener.h"
#include "server/health_handler.h"
#include "server/metrics_handler.h"

namespace wardkeep::server {
namespace {

using net::Listener;

void PrintReady(const std::string& url, const base::AccountId& account) {
  std::printf("ready %s account %s\n", url.c_str(), account.value().c_str());
  std::fflush(stdout);
}

// For people who have just typed ./run: the recipe of README.md, which works with every aws CLI.
void PrintNextSteps(const std::string& url) {
  std::printf(
      "\nIn another terminal, with the access key that the first start printed:\n\n"
      "  aws() { command aws --endpoint-url %s \"$@\"; }\n"
      "  export AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=...\n"
      "  aws sts get-caller-identity\n"
      "  aws iam create-user --user-name alice\n\n"
      "Key lost? `wardkeep account reset-admin ACCOUNT` gives a new one. Something odd? `wardkeep "
      "doctor`.\n\n",
      url.c_str());
  std::fflush(stdout);
}

}  // namespace

std::string EndpointUrl(const Configuration& configuration, uint16_t port) {
  const std::string& address = configuration.listen.address;
  const bool is_v6 = address.find(':') != std::string::npos;
  return std::string(configuration.tls ? "https://" : "http://") + (is_v6 ? "[" + address + "]" : address) +
         ":" + std::to_string(port);
}

void ServeUntilStopped(const Configuration& configuration, Addresses addresses, Application& application,
                       const Surroundings& surroundings, ShutdownSignals& signals) {
  HealthHandler health(
      [&application](std::function<void(bool)> answer) { application.CanWrite(std::move(answer)); },
      application.api());
  MetricsHandler with_metrics(surroundings.metrics, &application.administration());
  MetricsHandler only_metrics(surroundings.metrics, nullptr);
  std::unique_ptr<Listener> administration;
  std::unique_ptr<Listener> metrics;
  if (addresses.administration) {
    administration = Listener::Start(std::move(*addresses.administration), with_metrics, surroundings.logger,
                                     surroundings.clock);
  }
  if (addresses.metrics) {
    metrics =
        Listener::Start(std::move(*addresses.metrics), only_metrics, surroundings.logger, surroundings.clock);
    surroundings.logger.Info("metrics are served", {{"port", metrics->bound_port()}});
  }
  const auto listener =
      Listener::Start(std::move(addresses.api), health, surroundings.logger, surroundings.clock,
                      [&application] { return application.OverloadResponse(); });
  surroundings.metrics.SetListenerSource([&listener] { return listener->stats(); });
  health.SetReady(true);
  const std::string url = EndpointUrl(configuration, listener->bound_port());
  surroundings.logger.Info("ready", {{"url", url}, {"account", application.first_account().value()}});
  PrintReady(url, application.first_account());
  if (configuration.next_steps) PrintNextSteps(url);

  const int signal_number = signals.Wait();
  surroundings.logger.Info("stopping", {{"signal", signal_number}});
  health.SetReady(false);
  application.StopWork();
  listener->Stop(configuration.shutdown_grace);
  if (administration) administration->Stop(configuration.shutdown_grace);
  if (metrics) metrics->Stop(configuration.shutdown_grace);
  surroundings.metrics.SetListenerSource({});
  surroundings.logger.Info("stopped");
}

}  // namespace wardkeep::server
