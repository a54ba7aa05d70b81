#include "snapshot/alias_registry.h"

namespace wardkeep::snapshot {

std::optional<base::AccountId> AliasRegistry::Find(std::string_view alias) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(alias);
  return found == entries_.end() ? std::nullopt : std::optional(found->second.owner);
}

bool AliasRegistry::Claim(std::string_view alias, const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  return entries_.try_emplace(std::string(alias), Entry{account, 0}).first->second.owner == account;
}

void AliasRegistry::Forget(std::string_view alias, const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(alias);
  if (found == entries_.end() || found->second.owner != account || found->second.holders > 0) return;
  entries_.erase(found);
}

bool AliasRegistry::Hold(std::string_view alias, const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_.try_emplace(std::string(alias), Entry{account, 0}).first->second;
  if (entry.owner != account) return false;
  ++entry.holders;
  return true;
}

void AliasRegistry::Drop(std::string_view alias, const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(alias);
  if (found == entries_.end() || found->second.owner != account) return;
  if (--found->second.holders <= 0) entries_.erase(found);
}

}  // namespace wardkeep::snapshot
