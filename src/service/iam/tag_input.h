// Tags of a request, checked: no duplicate keys, no reserved `aws:` prefix, at most 50 on the resource.
#pragma once

#include <optional>
#include <vector>

#include "api/iam/types.h"
#include "entity/tag.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

ApiResult<entity::Tags> ReadTags(const std::optional<std::vector<api::iam::Tag>>& tags,
                                 entity::TagKeyCase key_case);

// The tags that an entity is made with.
ApiResult<entity::Tags> ReadTagsOfNew(const std::optional<std::vector<api::iam::Tag>>& tags,
                                      entity::TagKeyCase key_case);

// Merges `added` into `tags`; LimitExceeded when there would be more than 50.
ApiResult<void> AddTags(entity::Tags& tags, const entity::Tags& added, entity::TagKeyCase key_case);

}  // namespace wardkeep::service::iam
