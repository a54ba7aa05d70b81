// The regions that last-used facts name. A client writes any text it likes into its credential scope, so only
// AWS's own names are kept; a fact about another one has no region.
#pragma once

#include <string_view>

namespace wardkeep::snapshot {

// `region` itself, or the empty text.
std::string_view KnownRegion(std::string_view region);

}  // namespace wardkeep::snapshot
