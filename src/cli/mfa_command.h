// `wardkeep mfa import-seeds`: hands the seeds of hardware tokens to a running server (server/token_seeds.h
// describes the file).
#pragma once

#include <string>

#include "server/setting_value.h"

namespace wardkeep::cli {

struct ImportSeedsRequest {
  std::string account_id;
  std::string file;  // "-": standard input
};

// Prints the number of tokens, or the reason for a failure on standard error; gives the exit status.
int RunImportSeeds(const ImportSeedsRequest& request, server::SettingValues flags);

}  // namespace wardkeep::cli
