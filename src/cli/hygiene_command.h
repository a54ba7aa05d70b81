// `wardkeep hygiene`: what the hygiene rules of a running server of this machine are about to do.
#pragma once

#include "server/setting_value.h"

namespace wardkeep::cli {

// `flags`: data or admin_socket, as given. Exit status: 0, or 1 when no server answers.
int RunHygiene(bool as_json, server::SettingValues flags);

}  // namespace wardkeep::cli
