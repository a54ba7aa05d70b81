// URI templates of REST operations: "/analyzer/{name}/archive-rule?kind=x". Pure function, linear in the
// path. Source: wire-protocols.md section 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/form.h"

namespace wardkeep::wire {

using Labels = std::vector<std::pair<std::string, std::string>>;  // name, decoded text

// The labels of `path` (as sent, without query) if it fits the template. A label takes one non-empty segment,
// a greedy one ("{name+}") everything that is left for it; both are percent-decoded once. Literal query parts
// of the template must be among `query`. One trailing slash is tolerated.
std::optional<Labels> MatchUri(std::string_view uri_template, std::string_view path,
                               const FormParameters& query);

}  // namespace wardkeep::wire
