#include "server/startup_check.h"

namespace wardkeep::server {

StartupCheck::StartupCheck(storage::Store& store, snapshot::Directory& directory)
    : store_(store), directory_(directory), thread_([this] { Run(); }) {}

StartupCheck::~StartupCheck() {
  stopping_ = true;
  thread_.join();
}

void StartupCheck::Run() {
  for (const base::AccountId& account : directory_.ListAccounts()) {
    if (stopping_) return;
    const auto documents = store_.LoadAccount(account);
    // The store remembers it; the directory reports it, unless it had loaded the account while it was whole.
    if (!documents && documents.error().code == base::ErrorCode::kCorrupt) {
      static_cast<void>(directory_.Get(account).has_value());
    }
  }
}

}  // namespace wardkeep::server
