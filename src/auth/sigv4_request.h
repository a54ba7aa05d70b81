// SignedRequestView: what signature verification looks at, as it came over the wire. Nothing is copied: the
// caller keeps the bytes alive during the call.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace wardkeep::auth {

struct HeaderView {
  std::string_view name;   // any letter case
  std::string_view value;  // a folded value may still hold its line breaks
};

struct SignedRequestView {
  std::string_view method;              // as on the request line
  std::string_view raw_target;          // path?query as on the request line, still percent-encoded
  std::span<const HeaderView> headers;  // in the order received, repeated ones included
  std::string_view body;                // as received
};

// The first header of this name, ignoring case.
std::optional<std::string_view> FindHeader(std::span<const HeaderView> headers, std::string_view name);

struct TargetView {
  std::string_view path;   // "" when the target has none
  std::string_view query;  // without '?'
};
// Splits at the first '?'. An absolute target (http://host/path), as sent to proxies, loses its scheme and
// host.
TargetView SplitTarget(std::string_view raw_target);

}  // namespace wardkeep::auth
