#include "server/master_key_check.h"

#include <optional>

namespace wardkeep::server {
namespace {

std::optional<entity::AccessKey> AnyKey(const snapshot::AccountState& account) {
  std::optional<entity::AccessKey> found;
  if (!account.account().root_access_keys.empty()) found = account.account().root_access_keys.front();
  account.users().VisitAfter(nullptr, [&](const std::string&, const snapshot::UserPtr& user) {
    if (!found && !user->access_keys.empty()) found = user->access_keys.front();
    return !found.has_value();
  });
  return found;
}

}  // namespace

base::Result<void> CheckMasterKey(const pipeline::Services& services) {
  for (const base::AccountId& id : services.directory.ListAccounts()) {
    const auto found = services.directory.Get(id);
    if (!found && found.error().code == base::ErrorCode::kCorrupt)
      continue;  // damaged: its calls are refused
    if (!found) return found.error();
    const snapshot::AccountStatePtr& account = *found;
    const std::optional<entity::AccessKey> key = AnyKey(*account);
    if (!key) continue;
    if (services.keys.access_key_secret.Open(key->sealed_secret, key->id)) return {};
    return base::Error(base::ErrorCode::kInvalid,
                       "the master key is not the one this store was sealed with; give the former one with "
                       "--master-key-file");
  }
  return {};
}

}  // namespace wardkeep::server
