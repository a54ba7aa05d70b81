#include "federation/oidc_url.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/hex.h"

namespace wardkeep::federation {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::string_view kPort = ":443";

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// One label of a host name (RFC 1123), with the underscore that private networks use.
bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
}

bool IsHost(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  while (true) {
    const auto dot = host.find('.');
    if (!IsLabel(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

// Path characters of RFC 3986, except that no segment may be "." or "..", which would name another path.
bool IsPath(std::string_view path) {
  constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/%";
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (!IsAlphanumeric(path[i]) && kMarks.find(path[i]) == std::string_view::npos) return false;
    if (path[i] == '%' && (i + 2 >= path.size() || !base::HexByte(path[i + 1], path[i + 2]))) return false;
  }
  const std::string padded = std::string(path) + "/";
  return padded.find("/./") == std::string::npos && padded.find("/../") == std::string::npos;
}

}  // namespace

std::optional<std::string> OidcProviderName(std::string_view url) {
  if (!base::EqualsIgnoreAsciiCase(url.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  const std::string_view name = url.substr(kScheme.size());
  const auto slash = std::min(name.find('/'), name.size());
  std::string_view host = name.substr(0, slash);
  if (host.ends_with(kPort)) host.remove_suffix(kPort.size());
  if (!IsHost(host) || !IsPath(name.substr(slash))) return std::nullopt;
  return std::string(host).append(name.substr(slash));
}

}  // namespace wardkeep::federation
