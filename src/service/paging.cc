#include "service/paging.h"

#include "crypto/digest.h"

namespace wardkeep::service {

base::Result<std::optional<std::string>, api::ApiError> PageStart(const pipeline::OperationContext& context,
                                                                  const PageRequest& page) {
  if (!page.marker) return std::optional<std::string>();
  std::optional<std::string> key = pipeline::OpenPageToken(
      context.services.keys.page_token, context.caller.account_id, page.scope, *page.marker);
  if (!key) return api::ValidationError("Invalid Marker.");
  return key;
}

std::string PageKey(std::string_view text) {
  constexpr std::size_t kKept = 128;
  if (text.size() <= kKept) return std::string(text);
  return std::string(text.substr(0, kKept)) + crypto::Sha256Hex(text).substr(0, 32);
}

PageEnd MakePageEnd(const pipeline::OperationContext& context, const PageRequest& page, bool truncated,
                    std::string_view last_key) {
  PageEnd end;
  end.is_truncated = truncated;
  if (truncated) {
    end.marker = pipeline::SealPageToken(context.services.keys.page_token, context.caller.account_id,
                                         page.scope, last_key);
  }
  return end;
}

}  // namespace wardkeep::service
