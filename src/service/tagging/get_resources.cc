#include "service/tagging/get_resources.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "api/tag/errors.h"
#include "api/tag/types.h"
#include "pipeline/page_token.h"
#include "service/tagging/tagged_resources.h"

namespace wardkeep::service::tagging {
namespace {

using pipeline::ReadContext;
template <typename T>
using ApiResult = base::Result<T, api::ApiError>;
using Request = api::tag::GetResourcesInput;
using Response = api::tag::GetResourcesOutput;

constexpr int32_t kDefaultPerPage = 50;
constexpr int32_t kMostPerPage = 100;
constexpr int32_t kFewestTags = 100;
constexpr int32_t kMostTags = 500;

template <typename List>
bool HasAny(const std::optional<List>& list) {
  return list && !list->empty();
}

api::ApiError Invalid(std::string message) {
  return api::tag::InvalidParameter(std::move(message));
}

ApiResult<void> Check(const Request& request) {
  const bool paged =
      request.resources_per_page || request.tags_per_page || !request.pagination_token.value_or("").empty();
  if (HasAny(request.resource_arn_list) &&
      (HasAny(request.resource_type_filters) || HasAny(request.tag_filters) || paged)) {
    return Invalid("ResourceARNList excludes ResourceTypeFilters, TagFilters and the parameters of paging.");
  }
  const int32_t per_page = request.resources_per_page.value_or(kDefaultPerPage);
  if (per_page < 1 || per_page > kMostPerPage) return Invalid("ResourcesPerPage must be between 1 and 100.");
  const int32_t tags = request.tags_per_page.value_or(kMostTags);
  if (tags < kFewestTags || tags > kMostTags || tags % kFewestTags != 0)
    return Invalid("TagsPerPage must be between 100 and 500, in steps of 100.");
  if (request.exclude_compliant_resources.value_or(false) &&
      !request.include_compliance_details.value_or(false))
    return Invalid("ExcludeCompliantResources needs IncludeComplianceDetails.");
  return {};
}

bool FitsType(const TaggedResource& resource, const std::vector<std::string>& types) {
  return std::ranges::any_of(types,
                             [&](const std::string& type) { return type == "iam" || type == resource.type; });
}

// A filter without values asks for the key alone. Keys and values are compared exactly.
bool FitsFilter(const TaggedResource& resource, const api::tag::TagFilter& filter) {
  return std::ranges::any_of(*resource.tags, [&](const auto& tag) {
    if (tag.first != filter.key.value_or("")) return false;
    return !HasAny(filter.values) || std::ranges::find(*filter.values, tag.second) != filter.values->end();
  });
}

bool IsAsked(const TaggedResource& resource, const Request& request) {
  if (HasAny(request.resource_arn_list))
    return std::ranges::find(*request.resource_arn_list, resource.arn) != request.resource_arn_list->end();
  if (HasAny(request.resource_type_filters) && !FitsType(resource, *request.resource_type_filters))
    return false;
  if (!HasAny(request.tag_filters)) return true;
  return std::ranges::all_of(*request.tag_filters,
                             [&](const auto& filter) { return FitsFilter(resource, filter); });
}

// A token works for the filters it was given for.
std::string ScopeOf(const Request& request) {
  std::string scope = "GetResources";
  for (const std::string& type : request.resource_type_filters.value_or(std::vector<std::string>()))
    scope += "|" + type;
  for (const auto& filter : request.tag_filters.value_or(std::vector<api::tag::TagFilter>())) {
    scope += "|=" + filter.key.value_or("");
    for (const std::string& value : filter.values.value_or(std::vector<std::string>())) scope += "|-" + value;
  }
  return scope;
}

api::tag::ResourceTagMapping Show(const TaggedResource& resource, bool with_compliance) {
  api::tag::ResourceTagMapping shown;
  shown.resource_arn = resource.arn;
  shown.tags.emplace();
  for (const auto& [key, value] : *resource.tags) shown.tags->push_back({.key = key, .value = value});
  // There are no tag policies here, which every resource complies with.
  if (with_compliance) shown.compliance_details.emplace().compliance_status = true;
  return shown;
}

ApiResult<Response> GetResources(const ReadContext& context, const Request& request) {
  WK_TRY(Check(request));
  const crypto::SealingKey& key = context.services.keys.page_token;
  const std::string scope = ScopeOf(request);
  const std::string token = request.pagination_token.value_or("");
  const auto after = pipeline::OpenPageToken(key, context.account.id(), scope, token);
  if (!token.empty() && !after) return Invalid("PaginationToken is not one of this request's.");
  Response response;
  response.pagination_token = "";
  response.resource_tag_mapping_list.emplace();
  if (request.exclude_compliant_resources.value_or(false)) return response;
  const bool unlimited = HasAny(request.resource_arn_list);
  const auto per_page = static_cast<std::size_t>(
      request.resources_per_page.value_or(unlimited ? kMostPerPage : kDefaultPerPage));
  const auto most_tags = static_cast<std::size_t>(request.tags_per_page.value_or(kMostTags * kMostPerPage));
  std::size_t tags = 0;
  for (const TaggedResource& resource : TaggedResources(context.account)) {
    if ((after && resource.arn <= *after) || !IsAsked(resource, request)) continue;
    tags += resource.tags->size();
    auto& list = *response.resource_tag_mapping_list;
    if (list.size() == per_page || tags > most_tags) {
      response.pagination_token =
          pipeline::SealPageToken(key, context.account.id(), scope, *list.back().resource_arn);
      break;
    }
    list.push_back(Show(resource, request.include_compliance_details.value_or(false)));
  }
  return response;
}

}  // namespace

void RegisterGetResources(pipeline::Registry& registry) {
  registry.Read("tag", "GetResources", GetResources);
}

}  // namespace wardkeep::service::tagging
