#include "auth/query_parameters.h"

#include "base/hex.h"
#include "base/percent.h"

namespace wardkeep::auth {
namespace {

// Says what is wrong with the first broken escape; call only when there is one.
std::string DescribeBrokenEscape(std::string_view text) {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const std::string_view digits = text.substr(at + 1, 2);
    if (digits.size() < 2) break;
    if (!base::HexDecode(digits))
      return "Illegal hex characters in escape % pattern: %" + std::string(digits);
  }
  return "Incomplete trailing escape % sequence";
}

base::Result<std::string, AuthError> Decode(std::string_view text) {
  auto decoded = base::PercentDecode(text, base::PlusSign::kLiteral);
  if (!decoded) return base::Unexpected(MalformedQueryString(DescribeBrokenEscape(text)));
  return *std::move(decoded);
}

}  // namespace

base::Result<std::vector<QueryParameter>, AuthError> ParseQueryParameters(std::string_view raw_query) {
  std::vector<QueryParameter> parameters;
  if (raw_query.empty()) return parameters;
  while (true) {
    const auto end = raw_query.find('&');
    const std::string_view pair = raw_query.substr(0, end);
    const auto equals = pair.find('=');
    WK_ASSIGN(std::string name, Decode(pair.substr(0, equals)));
    std::string value;
    if (equals != std::string_view::npos) {
      WK_ASSIGN(value, Decode(pair.substr(equals + 1)));
    }
    parameters.push_back({std::move(name), std::move(value)});
    if (end == std::string_view::npos) return parameters;
    raw_query.remove_prefix(end + 1);
  }
}

std::optional<std::string_view> FindParameter(std::span<const QueryParameter> parameters,
                                              std::string_view name) {
  for (const QueryParameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

}  // namespace wardkeep::auth
