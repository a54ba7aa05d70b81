#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "crypto/master_key.h"
#include "doctor/checks.h"

namespace wardkeep::doctor {
namespace {

std::string Mode(mode_t mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", mode & 07777U);
  return text.data();
}

std::optional<struct stat> Look(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return found;
}

// Whether anyone but the owner may read or change it.
bool IsOpen(const struct stat& found) {
  return (found.st_mode & 077U) != 0;
}

std::string ParentOf(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Finding DataFolder(const std::string& path) {
  const std::string subject = "data folder";
  const auto found = Look(path);
  if (!found) {
    if (errno != ENOENT)
      return {Level::kProblem, subject, path + ": " + std::strerror(errno), "choose another --data"};
    const bool can_make = ::access(ParentOf(path).c_str(), W_OK | X_OK) == 0;
    if (can_make) return {Level::kOk, subject, path + " is not there yet; the first start makes it", ""};
    return {Level::kProblem, subject,
            path + " is not there, and this user cannot make it in " + ParentOf(path),
            "make it with `install -d -m 700 -o USER " + path + "`, or choose another --data"};
  }
  if (!S_ISDIR(found->st_mode))
    return {Level::kProblem, subject, path + " is not a folder", "choose another --data"};
  if (IsOpen(*found)) {
    return {Level::kProblem, subject,
            path + " has mode " + Mode(found->st_mode) + ": others on this machine can reach the master key",
            "run `chmod 700 " + path + "`"};
  }
  if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
    return {Level::kProblem, subject, "this user cannot read and write " + path,
            "run the server as its owner, or `chown` it"};
  }
  return {Level::kOk, subject, path + " belongs to its owner alone", ""};
}

Finding MasterKey(const server::Configuration& configuration) {
  const std::string subject = "master key";
  if (!configuration.master_key.empty()) {
    return {Level::kNote, subject, "given in the configuration or the environment, not in a file",
            "keep a copy of it apart from the database: without it no secret can be opened"};
  }
  if (configuration.memory && configuration.master_key_file.empty()) {
    return {Level::kOk, subject, "made anew at each start, as nothing is kept", ""};
  }
  const std::string path = configuration.MasterKeyPath();
  const bool has_database = Look(configuration.data_directory + "/wardkeep.db").has_value();
  if (!Look(path)) {
    if (!has_database || configuration.memory) {
      return {Level::kOk, subject, path + " is not there yet; the first start makes it", ""};
    }
    return {Level::kProblem, subject, path + " is missing, and the database cannot be used without it",
            "put back the copy of the file; there is no other way to its secrets"};
  }
  if (const auto key = crypto::LoadMasterKey(path); !key) {
    return {Level::kProblem, subject, key.error().message,
            "run `chmod 600 " + path + "`, or put back its copy"};
  }
  return {Level::kOk, subject, path + " holds a key that only its owner can read", ""};
}

void ConfigurationFile(const server::Configuration& configuration, Findings& findings) {
  if (configuration.config_file.empty()) return;
  const auto found = Look(configuration.config_file);
  const bool holds_secret =
      !configuration.master_key.empty() || configuration.bootstrap_access_key.has_value();
  if (found && holds_secret && (found->st_mode & 044U) != 0) {
    findings.push_back({Level::kProblem, "configuration",
                        configuration.config_file + " may hold a secret and has mode " + Mode(found->st_mode),
                        "run `chmod 600 " + configuration.config_file + "`"});
  }
}

void LogFile(const server::Configuration& configuration, Findings& findings) {
  if (configuration.log_file.empty()) return;
  const std::string& path = configuration.log_file;
  const std::string& asked = Look(path) ? path : ParentOf(path);
  if (::access(asked.c_str(), W_OK) != 0) {
    findings.push_back(
        {Level::kProblem, "log file", "this user cannot write " + path, "choose another --log-file"});
  } else {
    findings.push_back({Level::kOk, "log file", path + " can be written", ""});
  }
}

}  // namespace

Findings CheckFiles(const server::Configuration& configuration) {
  Findings findings;
  if (!configuration.memory) findings.push_back(DataFolder(configuration.data_directory));
  findings.push_back(MasterKey(configuration));
  ConfigurationFile(configuration, findings);
  LogFile(configuration, findings);
  return findings;
}

}  // namespace wardkeep::doctor
