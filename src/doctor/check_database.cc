#include <string>

#include "doctor/checks.h"
#include "server/store_access.h"
#include "snapshot/verify_store.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/migrations.h"

namespace wardkeep::doctor {
namespace {

constexpr const char* kSubject = "database";
constexpr const char* kRestore = "run `wardkeep database verify` for the whole list, and put back a backup";

std::string TextOf(const base::Error& error) {
  return error.message + (error.cause.empty() ? "" : ": " + error.cause);
}

// Every account and document against what was noted of them when they were written.
Finding Contents(const server::Configuration& configuration, const std::string& path) {
  const auto store = server::OpenStoreReadOnly(configuration);
  if (!store) return {Level::kProblem, kSubject, path + ": " + TextOf(store.error()), kRestore};
  const auto report = snapshot::VerifyStore(**store, [] { return true; });
  if (!report) return {Level::kProblem, kSubject, path + ": " + TextOf(report.error()), kRestore};
  const std::string size =
      std::to_string(report->accounts) + " accounts and " + std::to_string(report->documents) + " documents";
  if (report->findings.empty())
    return {Level::kOk, kSubject, path + " holds " + size + ", all as they were stored", ""};
  const auto& first = report->findings.front();
  return {Level::kProblem, kSubject,
          path + ": " + (first.account.empty() ? "" : "account " + first.account + ": ") + first.what,
          kRestore};
}

}  // namespace

Findings CheckDatabase(const server::Configuration& configuration, const RunningServer& running) {
  if (configuration.memory) return {};
  const std::string path = configuration.data_directory + "/wardkeep.db";
  const auto state = storage::sqlite::InspectFile(path, storage::sqlite::NewestFormat());
  if (!state) {
    return {{Level::kProblem, kSubject, path + ": " + TextOf(state.error()),
             "put back a backup, or start with the release that wrote it"}};
  }
  if (*state == storage::sqlite::FileState::kAbsent) {
    return {{Level::kOk, kSubject, path + " is not there yet; the first start makes it", ""}};
  }
  if (running.holds_lock && !running.answers) {
    return {{Level::kNote, kSubject, path + " is in use by a server; its contents were not looked at", ""}};
  }
  return {Contents(configuration, path)};
}

}  // namespace wardkeep::doctor
