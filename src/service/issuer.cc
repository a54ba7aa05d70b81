#include "service/issuer.h"

#include "federation/web_identity_token.h"

namespace wardkeep::service {
namespace {

constexpr std::string_view kAwsDomain = ".tokens.sts.global.api.aws";
constexpr std::string_view kDiscovery = "/.well-known/openid-configuration";
constexpr std::string_view kKeys = "/.well-known/jwks.json";

// The path of a URL without its last slash: "" for "https://host" and "https://host/".
std::string_view PathOf(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const auto slash = url.find('/');
  std::string_view path = slash == std::string_view::npos ? std::string_view() : url.substr(slash);
  if (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

// The issuer's name: in the path behind the published one, or the first label of the host.
std::string_view NameIn(std::string_view base_url, std::string_view path, const base::HttpRequest& request) {
  if (!base_url.empty()) {
    const std::string_view base_path = PathOf(base_url);
    if (!path.starts_with(base_path)) return {};
    path.remove_prefix(base_path.size());
    return path.starts_with('/') ? path.substr(1) : std::string_view();
  }
  const std::string* host = request.Header("host");
  if (host == nullptr || !path.empty()) return {};
  const std::string_view name = std::string_view(*host).substr(0, host->find(':'));
  return name.ends_with(kAwsDomain) ? name.substr(0, name.size() - kAwsDomain.size()) : std::string_view();
}

}  // namespace

std::string IssuerUrl(std::string_view base_url, const entity::Account& account) {
  if (base_url.empty()) return "https://" + account.outbound_issuer_id + std::string(kAwsDomain);
  if (base_url.ends_with('/')) base_url.remove_suffix(1);
  return std::string(base_url) + "/" + account.outbound_issuer_id;
}

std::optional<IssuerRequest> ReadIssuerRequest(std::string_view base_url, const base::HttpRequest& request) {
  if (request.method != "GET") return std::nullopt;
  std::string_view path = request.target;
  const bool keys = path.ends_with(kKeys);
  if (!keys && !path.ends_with(kDiscovery)) return std::nullopt;
  path.remove_suffix(keys ? kKeys.size() : kDiscovery.size());
  const std::string_view name = NameIn(base_url, path, request);
  const std::string account = federation::AccountOfIssuerId(name);
  if (account.empty()) return std::nullopt;
  return IssuerRequest{base::AccountId(account), std::string(name), keys};
}

}  // namespace wardkeep::service
