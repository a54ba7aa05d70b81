#include <string>

#include "doctor/checks.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/migrations.h"

namespace wardkeep::doctor {

Findings CheckDatabase(const server::Configuration& configuration, const RunningServer& running) {
  const std::string subject = "database";
  if (configuration.memory) return {};
  const std::string path = configuration.data_directory + "/wardkeep.db";
  const auto state = storage::sqlite::InspectFile(path, storage::sqlite::NewestFormat());
  if (!state) {
    return {{Level::kProblem, subject,
             path + ": " + state.error().message +
                 (state.error().cause.empty() ? "" : ": " + state.error().cause),
             "put back a backup, or start with the release that wrote it"}};
  }
  if (*state == storage::sqlite::FileState::kAbsent) {
    return {{Level::kOk, subject, path + " is not there yet; the first start makes it", ""}};
  }
  return {{Level::kOk, subject,
           path + (running.holds_lock ? " is in use by a server" : " is ours and of a known version"), ""}};
}

}  // namespace wardkeep::doctor
