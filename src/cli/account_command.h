// `wardkeep account create|list`: talks to the administration socket of a running server
// (server/admin_handler.h describes the protocol).
#pragma once

#include <string>

#include "server/setting_value.h"

namespace wardkeep::cli {

enum class AccountOutput { kText, kJson };

struct AccountRequest {
  std::string name;   // create only
  std::string email;  // create only
  std::string id;     // of close, restore and signins
  AccountOutput output = AccountOutput::kText;
};

// `flags` may name the data directory or the socket; the environment and the defaults are those of the
// server. Print the answer on standard output, or the reason for a failure on standard error, and return the
// exit status.
int RunAccountCreate(const AccountRequest& request, server::SettingValues flags);
int RunAccountList(const AccountRequest& request, server::SettingValues flags);
int RunAccountClose(const AccountRequest& request, server::SettingValues flags);
int RunAccountRestore(const AccountRequest& request, server::SettingValues flags);
int RunAccountPurge(const AccountRequest& request, server::SettingValues flags);
int RunAccountResetAdmin(const AccountRequest& request, server::SettingValues flags);
int RunAccountSignins(const AccountRequest& request, server::SettingValues flags);

}  // namespace wardkeep::cli
