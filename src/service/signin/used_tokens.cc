#include "service/signin/used_tokens.h"

#include <utility>

namespace wardkeep::service::signin {

void UsedTokens::Uncount(const std::string& owner) {
  const auto found = of_owner_.find(owner);
  if (--found->second == 0) of_owner_.erase(found);
}

void UsedTokens::Forget(Time now) {
  while (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
    const Entry& entry = by_deadline_.begin()->second;
    Uncount(entry.account);
    Uncount(entry.principal);
    of_token_.erase(entry.token_id);
    by_deadline_.erase(by_deadline_.begin());
  }
}

UsedTokens::Use UsedTokens::TryUse(std::string_view token_id, std::string_view account,
                                   std::string_view principal, Time until, Time now) {
  const std::lock_guard lock(mutex_);
  Forget(now);
  Entry entry{std::string(token_id), std::string(account),
              std::string(account) + "/" + std::string(principal)};
  if (of_token_.contains(entry.token_id)) return Use::kAgain;
  const auto count = [&](const std::string& owner) {
    const auto found = of_owner_.find(owner);
    return found == of_owner_.end() ? std::size_t{0} : found->second;
  };
  if (count(entry.principal) >= kMostOfPrincipal || count(entry.account) >= kMostOfAccount ||
      by_deadline_.size() >= kMost) {
    return Use::kFull;
  }
  ++of_owner_[entry.account];
  ++of_owner_[entry.principal];
  of_token_.insert(entry.token_id);
  by_deadline_.emplace(until, std::move(entry));
  return Use::kFirst;
}

}  // namespace wardkeep::service::signin
