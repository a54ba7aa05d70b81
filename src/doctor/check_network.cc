#include <sys/resource.h>

#include <algorithm>
#include <string>

#include "doctor/checks.h"
#include "net/server_socket.h"

namespace wardkeep::doctor {
namespace {

// Descriptors besides those of connections: database, log, sockets, threads.
constexpr uint64_t kOtherDescriptors = 64;

Finding Port(const server::ListenAddress& listen, const RunningServer& running) {
  const std::string subject = "address";
  const std::string where = listen.address + " port " + std::to_string(listen.port);
  const auto socket = net::ListenTcp(listen.address, listen.port);
  if (socket) return {Level::kOk, subject, where + " is free", ""};
  if (running.holds_lock || running.answers) {
    return {Level::kOk, subject, where + " is taken, and a server is at work on this data folder", ""};
  }
  const base::Error& error = socket.error();
  return {Level::kProblem, subject, error.message + (error.cause.empty() ? "" : ": " + error.cause),
          "`ss -ltnp` shows who is there; --listen chooses another address"};
}

Finding OpenFiles(const server::Configuration& configuration) {
  rlimit limit{};
  const uint64_t wanted = configuration.limits.connections + kOtherDescriptors;
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max == RLIM_INFINITY ||
      limit.rlim_max >= wanted) {
    return {Level::kOk, "open files",
            "the limit lets " + std::to_string(configuration.limits.connections) + " connections in", ""};
  }
  return {Level::kWarning, "open files",
          "this user may open " + std::to_string(limit.rlim_max) + " files, but --limits-connections lets " +
              std::to_string(configuration.limits.connections) + " connections in",
          "raise it (`ulimit -n`, LimitNOFILE= of the unit), or lower --limits-connections"};
}

Finding Administration(const server::Configuration& configuration, const RunningServer& running) {
  const std::string path = configuration.AdminSocketPath();
  if (running.answers) return {Level::kOk, "server", "a server answers on " + path, ""};
  if (running.holds_lock) {
    return {Level::kProblem, "server", "a server holds the database but nobody answers on " + path,
            "`wardkeep account` cannot reach it; see its log"};
  }
  return {Level::kNote, "server", "no server is running on this data folder", ""};
}

}  // namespace

Findings CheckNetwork(const server::Configuration& configuration, const RunningServer& running) {
  return {Port(configuration.listen, running), OpenFiles(configuration),
          Administration(configuration, running)};
}

}  // namespace wardkeep::doctor
