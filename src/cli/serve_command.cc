#include "cli/serve_command.h"

#include <utility>

#include "cli/failure_text.h"
#include "server/configuration_sources.h"
#include "server/server.h"

namespace wardkeep::cli {

int RunServe(server::SettingValues flags) {
  const auto configuration = server::LoadConfiguration(std::move(flags), server::ProcessEnvironment);
  if (!configuration) {
    PrintFailure(configuration.error());
    return 2;
  }
  if (const auto served = server::Server::Run(*configuration); !served) {
    PrintFailure(served.error());
    return 1;
  }
  return 0;
}

}  // namespace wardkeep::cli
