// `wardkeep database verify`: checks what is stored.
#pragma once

#include "server/setting_value.h"

namespace wardkeep::cli {

struct VerifyRequest {
  bool online = false;   // by the running server, over its administration socket; else by reading the folder
  bool as_json = false;  // server/store_report.h
};

// Exit status: 0 without findings, 1 with, 2 when the check could not be made.
int RunDatabaseVerify(const VerifyRequest& request, server::SettingValues flags);

}  // namespace wardkeep::cli
