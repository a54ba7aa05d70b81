#include "service/tagging/register.h"

#include <set>

#include "api/tag/errors.h"
#include "api/tag/types.h"
#include "service/tagging/get_resources.h"
#include "service/tagging/tagged_resources.h"

namespace wardkeep::service::tagging {
namespace {

using pipeline::ReadContext;

// Both lists come whole: tokens are never given, and none is known.
base::Result<void, api::ApiError> RefuseToken(const std::optional<std::string>& token) {
  if (token.value_or("").empty()) return {};
  return api::tag::InvalidParameter("PaginationToken is not one of this request's.");
}

base::Result<api::tag::GetTagKeysOutput, api::ApiError> GetTagKeys(const ReadContext& context,
                                                                   const api::tag::GetTagKeysInput& request) {
  WK_TRY(RefuseToken(request.pagination_token));
  std::set<std::string> keys;
  for (const TaggedResource& resource : TaggedResources(context.account)) {
    for (const auto& tag : *resource.tags) keys.insert(tag.first);
  }
  api::tag::GetTagKeysOutput response;
  response.pagination_token = "";
  response.tag_keys.emplace(keys.begin(), keys.end());
  return response;
}

base::Result<api::tag::GetTagValuesOutput, api::ApiError> GetTagValues(
    const ReadContext& context, const api::tag::GetTagValuesInput& request) {
  WK_TRY(RefuseToken(request.pagination_token));
  std::set<std::string> values;
  for (const TaggedResource& resource : TaggedResources(context.account)) {
    for (const auto& tag : *resource.tags) {
      if (tag.first == *request.key) values.insert(tag.second);
    }
  }
  api::tag::GetTagValuesOutput response;
  response.pagination_token = "";
  response.tag_values.emplace(values.begin(), values.end());
  return response;
}

}  // namespace

void RegisterAll(pipeline::Registry& registry) {
  RegisterGetResources(registry);
  registry.Read("tag", "GetTagKeys", GetTagKeys);
  registry.Read("tag", "GetTagValues", GetTagValues);
}

}  // namespace wardkeep::service::tagging
