#include "auth/sigv4_request.h"

#include "base/ascii.h"

namespace wardkeep::auth {

std::optional<std::string_view> FindHeader(std::span<const HeaderView> headers, std::string_view name) {
  for (const HeaderView& header : headers) {
    if (base::EqualsIgnoreAsciiCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

TargetView SplitTarget(std::string_view raw_target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!raw_target.starts_with(scheme)) continue;
    const auto end_of_host = raw_target.find_first_of("/?", scheme.size());
    raw_target = end_of_host == std::string_view::npos ? std::string_view() : raw_target.substr(end_of_host);
    break;
  }
  const auto mark = raw_target.find('?');
  if (mark == std::string_view::npos) return {raw_target, {}};
  return {raw_target.substr(0, mark), raw_target.substr(mark + 1)};
}

}  // namespace wardkeep::auth
