// Paging of IAM lists: MaxItems 1-1000 (the model's constraint, checked before), default 100, opaque Marker
// (data-formats section 14). Handlers list in byte order of the folded name.
//
//   const PageRequest page{"ListUsers|" + prefix, request.marker, request.max_items};
//   WK_ASSIGN(const PageEnd end, ListPage(context, page, context.account.users(), keep, append));
//   return WithPageEnd(std::move(response), end);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api_error.h"
#include "base/result.h"
#include "pipeline/operation_context.h"
#include "pipeline/page_token.h"
#include "snapshot/cow_map.h"

namespace wardkeep::service {

inline constexpr int32_t kDefaultMaxItems = 100;

struct PageRequest {
  std::string scope;  // operation and filters; a marker works only with the same
  std::optional<std::string> marker;
  std::optional<int32_t> max_items;
};

struct PageEnd {
  bool is_truncated = false;
  std::optional<std::string> marker;  // set exactly when truncated
};

// The key after which the page starts: nullopt for the first page. ValidationError for a marker that is not
// ours.
base::Result<std::optional<std::string>, api::ApiError> PageStart(const pipeline::OperationContext& context,
                                                                  const PageRequest& page);
// A sort key for texts of any length, short enough that its marker fits into the 320 characters of the model:
// long texts keep their beginning and are told apart by a digest.
std::string PageKey(std::string_view text);
PageEnd MakePageEnd(const pipeline::OperationContext& context, const PageRequest& page, bool truncated,
                    std::string_view last_key);

// The response with the end of its page filled in.
template <typename Response>
Response WithPageEnd(Response response, const PageEnd& end) {
  response.is_truncated = end.is_truncated;
  response.marker = end.marker;
  return response;
}

// Walks a map from the marker on: keep(value) filters, append(value) takes the entries of this page.
template <typename V, typename Keep, typename Append>
base::Result<PageEnd, api::ApiError> ListPage(const pipeline::OperationContext& context,
                                              const PageRequest& page,
                                              const snapshot::CowMap<std::string, V>& map, Keep keep,
                                              Append append) {
  WK_ASSIGN(const std::optional<std::string> start, PageStart(context, page));
  const int32_t limit = page.max_items.value_or(kDefaultMaxItems);
  int32_t taken = 0;
  bool truncated = false;
  std::string last;
  map.VisitAfter(start ? &*start : nullptr, [&](const std::string& key, const V& value) {
    if (!keep(value)) return true;
    if (taken == limit) {
      truncated = true;
      return false;
    }
    append(value);
    last = key;
    ++taken;
    return true;
  });
  return MakePageEnd(context, page, truncated, last);
}

// The same over a sorted vector of (key, value) pairs, for lists that are gathered per request.
template <typename V, typename Append>
base::Result<PageEnd, api::ApiError> ListPage(const pipeline::OperationContext& context,
                                              const PageRequest& page,
                                              const std::vector<std::pair<std::string, V>>& sorted,
                                              Append append) {
  WK_ASSIGN(const std::optional<std::string> start, PageStart(context, page));
  const int32_t limit = page.max_items.value_or(kDefaultMaxItems);
  int32_t taken = 0;
  std::string last;
  for (const auto& [key, value] : sorted) {
    if (start && key <= *start) continue;
    if (taken == limit) return MakePageEnd(context, page, true, last);
    append(value);
    last = key;
    ++taken;
  }
  return MakePageEnd(context, page, false, last);
}

}  // namespace wardkeep::service
