// The ContextEntries of a simulation: condition keys with typed values, as values of a request.
#pragma once

#include <vector>

#include "api/iam/types.h"
#include "service/iam/lookup.h"
#include "wardkeep/request.h"

namespace wardkeep::service::iam {

// Adds all entries to `context`; a later one replaces an earlier one of the same key. InvalidInput for an
// entry without name or type, for a value that is not of its type, and for several values of a type that is
// no list.
ApiResult<void> AddContextEntries(const std::vector<api::iam::ContextEntry>& entries,
                                  policy::RequestContext& context);

}  // namespace wardkeep::service::iam
