#include "server/serve_until_stopped.h"

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "net/listener.h"
#include "server/health_handler.h"

namespace wardkeep::server {
namespace {

using base::Result;
using net::Listener;
using net::ListenerOptions;

// The address of a UNIX-domain socket holds no longer path.
constexpr std::size_t kLongestSocketPath = 107;

Result<std::unique_ptr<Listener>> StartPublic(const Configuration& configuration,
                                              const Application& application, base::HttpHandler& handler,
                                              const Surroundings& surroundings) {
  ListenerOptions options;
  options.address = configuration.listen.address;
  options.port = configuration.listen.port;
  options.tls = configuration.tls;
  options.threads = configuration.threads;
  options.limits = configuration.limits;
  options.overload_response = [&application] { return application.OverloadResponse(); };
  return Listener::Start(std::move(options), handler, surroundings.logger, surroundings.clock);
}

// Null when there is to be none.
Result<std::unique_ptr<Listener>> StartAdministration(const Configuration& configuration,
                                                      Application& application,
                                                      const Surroundings& surroundings) {
  const std::string path = configuration.AdminSocketPath();
  if (path.empty()) return std::unique_ptr<Listener>();
  if (configuration.admin_socket.empty() && path.size() > kLongestSocketPath) {
    // Nobody asked for this path, so its length must not keep the server from starting.
    surroundings.logger.Warning("no administration socket: its default path is too long", {{"path", path}});
    return std::unique_ptr<Listener>();
  }
  ListenerOptions options;
  options.unix_path = path;
  options.threads = 1;
  return Listener::Start(std::move(options), application.administration(), surroundings.logger,
                         surroundings.clock);
}

void PrintReady(const std::string& url, const base::AccountId& account) {
  std::printf("ready %s account %s\n", url.c_str(), account.value().c_str());
  std::fflush(stdout);
}

// For people who have just typed ./run. `aws configure` asks for the key that the first start has printed.
void PrintNextSteps(const std::string& url) {
  std::printf(
      "\nIn another terminal, with the access key that the first start printed:\n\n"
      "  aws configure --profile wardkeep     # that key and secret; region us-east-1; output json\n"
      "  aws --profile wardkeep --endpoint-url %s sts get-caller-identity\n"
      "  aws --profile wardkeep --endpoint-url %s iam create-user --user-name alice\n\n",
      url.c_str(), url.c_str());
  std::fflush(stdout);
}

}  // namespace

std::string EndpointUrl(const Configuration& configuration, uint16_t port) {
  const std::string& address = configuration.listen.address;
  const bool is_v6 = address.find(':') != std::string::npos;
  return std::string(configuration.tls ? "https://" : "http://") + (is_v6 ? "[" + address + "]" : address) +
         ":" + std::to_string(port);
}

Result<void> ServeUntilStopped(const Configuration& configuration, Application& application,
                               const Surroundings& surroundings, ShutdownSignals& signals) {
  HealthHandler health(surroundings.metrics, application.api());
  WK_ASSIGN(const auto administration, StartAdministration(configuration, application, surroundings));
  WK_ASSIGN(const auto listener, StartPublic(configuration, application, health, surroundings));
  surroundings.metrics.SetListenerSource([&listener] { return listener->stats(); });
  health.SetReady(true);
  const std::string url = EndpointUrl(configuration, listener->bound_port());
  surroundings.logger.Info("ready", {{"url", url}, {"account", application.first_account().value()}});
  PrintReady(url, application.first_account());
  if (configuration.next_steps) PrintNextSteps(url);

  const int signal_number = signals.Wait();
  surroundings.logger.Info("stopping", {{"signal", signal_number}});
  health.SetReady(false);
  listener->Stop(configuration.shutdown_grace);
  if (administration) administration->Stop(configuration.shutdown_grace);
  surroundings.metrics.SetListenerSource({});
  surroundings.logger.Info("stopped");
  return {};
}

}  // namespace wardkeep::server
