#include "server/addresses.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/condition/ip_block.h"

namespace wardkeep::server {
namespace {

// The address of a UNIX-domain socket holds no longer path.
constexpr std::size_t kLongestSocketPath = 107;

// Proxies speak for many clients.
std::function<bool(std::string_view)> IsProxy(const std::vector<std::string>& trusted) {
  std::vector<policy::IpBlock> blocks;
  for (const std::string& text : trusted) {
    if (const auto block = policy::ParseIpBlock(text)) blocks.push_back(*block);
  }
  return [blocks = std::move(blocks)](std::string_view text) {
    const auto address = policy::ParseIpAddress(text);
    return address && std::ranges::any_of(
                          blocks, [&](const policy::IpBlock& block) { return Contains(block, *address); });
  };
}

}  // namespace

base::Result<net::Listener::Bound> BindPublic(const Configuration& configuration) {
  net::ListenerOptions options;
  options.address = configuration.listen.address;
  options.port = configuration.listen.port;
  options.tls = configuration.tls;
  options.threads = configuration.threads;
  options.limits = configuration.limits;
  options.is_exempt_address = IsProxy(configuration.trusted_proxies);
  auto bound = net::Listener::Bind(std::move(options));
  if (!bound && bound.error().code == base::ErrorCode::kUnavailable) {
    base::Error error = bound.error();
    error.cause += "; --listen ADDRESS:PORT chooses another address, and port 0 a free port";
    return error;
  }
  return bound;
}

base::Result<std::optional<net::Listener::Bound>> BindMetrics(const Configuration& configuration) {
  if (!configuration.metrics_listen) return std::optional<net::Listener::Bound>();
  net::ListenerOptions options;
  options.address = configuration.metrics_listen->address;
  options.port = configuration.metrics_listen->port;
  options.threads = 1;
  WK_ASSIGN(net::Listener::Bound bound, net::Listener::Bind(std::move(options)));
  return std::optional<net::Listener::Bound>(std::move(bound));
}

base::Result<std::optional<net::Listener::Bound>> BindAdministration(const Configuration& configuration,
                                                                     const log::Logger& logger) {
  const std::string path = configuration.AdminSocketPath();
  if (path.empty()) return std::optional<net::Listener::Bound>();
  if (configuration.admin_socket.empty() && path.size() > kLongestSocketPath) {
    // Nobody asked for this path, so its length must not keep the server from starting.
    logger.Warning("no administration socket: its default path is too long", {{"path", path}});
    return std::optional<net::Listener::Bound>();
  }
  net::ListenerOptions options;
  options.unix_path = path;
  options.threads = 1;
  WK_ASSIGN(net::Listener::Bound bound, net::Listener::Bind(std::move(options)));
  return std::optional<net::Listener::Bound>(std::move(bound));
}

}  // namespace wardkeep::server
