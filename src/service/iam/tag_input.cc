#include "service/iam/tag_input.h"

#include "api/iam/errors.h"
#include "base/ascii.h"
#include "entity/quota.h"

namespace wardkeep::service::iam {

ApiResult<entity::Tags> ReadTags(const std::optional<std::vector<api::iam::Tag>>& tags,
                                 entity::TagKeyCase key_case) {
  entity::Tags read;
  if (!tags) return read;
  for (const api::iam::Tag& tag : *tags) {
    if (base::AsciiLower(tag.key->substr(0, 4)) == "aws:") {
      return api::iam::InvalidInput("Tag keys beginning with aws: are reserved for system use.");
    }
    read.emplace_back(*tag.key, tag.value.value_or(""));
  }
  if (entity::HasDuplicateKeys(read, key_case)) {
    return api::iam::InvalidInput(
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  return read;
}

ApiResult<entity::Tags> ReadTagsOfNew(const std::optional<std::vector<api::iam::Tag>>& tags,
                                      entity::TagKeyCase key_case) {
  WK_ASSIGN(const entity::Tags read, ReadTags(tags, key_case));
  entity::Tags own;
  WK_TRY(AddTags(own, read, key_case));
  return own;
}

ApiResult<void> AddTags(entity::Tags& tags, const entity::Tags& added, entity::TagKeyCase key_case) {
  entity::MergeTags(tags, added, key_case);
  const int64_t limit = entity::DefaultLimit(entity::Quota::kTagsPerResource);
  if (static_cast<int64_t>(tags.size()) > limit) {
    return api::iam::LimitExceeded("The number of tags has reached the maximum limit.");
  }
  return {};
}

}  // namespace wardkeep::service::iam
