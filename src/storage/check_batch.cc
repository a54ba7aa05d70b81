#include <algorithm>
#include <utility>

#include "storage/store.h"

namespace wardkeep::storage {

base::Result<void> CheckBatch(const Batch& batch) {
  using base::Error;
  using base::ErrorCode;
  if (!base::IsAccountId(batch.account.value())) {
    return Error(ErrorCode::kInvalid, "a batch needs an account id of 12 digits");
  }
  std::vector<std::pair<DocumentKind, std::string_view>> ids;
  ids.reserve(batch.writes.size());
  for (const auto& write : batch.writes) {
    if (write.id.empty()) return Error(ErrorCode::kInvalid, "a document needs an id");
    ids.emplace_back(write.kind, write.id);
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) {
    return Error(ErrorCode::kInvalid, "a batch writes document `" + std::string(twice->second) + "` twice");
  }
  return {};
}

}  // namespace wardkeep::storage
