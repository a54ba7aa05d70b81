// The parameters of a raw query string, decoded for signing: split at '&' and at the first '=',
// percent-decoded, with '+' left alone because the canonical form takes it literally (reference/sigv4.md
// section 1, CanonicalQuery).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth_error.h"
#include "base/result.h"

namespace wardkeep::auth {

struct QueryParameter {
  std::string name;
  std::string value;
};

// In the order sent. Fails with MalformedQueryString for a broken percent escape (check 4).
base::Result<std::vector<QueryParameter>, AuthError> ParseQueryParameters(std::string_view raw_query);

// The first parameter of this name, by exact bytes.
std::optional<std::string_view> FindParameter(std::span<const QueryParameter> parameters,
                                              std::string_view name);

}  // namespace wardkeep::auth
