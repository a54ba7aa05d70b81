#include <sys/statvfs.h>

#include <cstdint>
#include <string>

#include "doctor/checks.h"

namespace wardkeep::doctor {
namespace {

constexpr uint64_t kMebibyte = 1024 * 1024;
constexpr uint64_t kLeast = 64 * kMebibyte;    // below: a write-ahead log may not fit
constexpr uint64_t kRoomy = 1024 * kMebibyte;  // below: a word
constexpr uint64_t kLeastFiles = 64;

// The nearest folder above `path` that exists: where it would be made.
struct statvfs Room(std::string path) {
  struct statvfs room {};
  while (::statvfs(path.c_str(), &room) != 0) {
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos || slash == 0) {
      path = std::string(1, slash == 0 ? '/' : '.');
      if (::statvfs(path.c_str(), &room) != 0) room = {};
      break;
    }
    path.resize(slash);
  }
  return room;
}

}  // namespace

Findings CheckDisk(const server::Configuration& configuration) {
  if (configuration.memory) return {};
  const struct statvfs room = Room(configuration.data_directory);
  const uint64_t free = static_cast<uint64_t>(room.f_bavail) * room.f_frsize;
  const std::string text =
      std::to_string(free / kMebibyte) + " MiB are free for " + configuration.data_directory;
  if ((room.f_flag & ST_RDONLY) != 0) {
    return {{Level::kProblem, "disk", "the file system of " + configuration.data_directory + " is read-only",
             "mount it for writing, or choose another --data"}};
  }
  if (room.f_files > 0 && room.f_favail < kLeastFiles) {
    return {{Level::kProblem, "disk", "no more files can be made beside " + configuration.data_directory,
             "remove files there; their number is used up, not their size"}};
  }
  if (free < kLeast) return {{Level::kProblem, "disk", text + "; writes are refused soon", "make room"}};
  if (free < kRoomy) return {{Level::kWarning, "disk", text, "make room before it is used up"}};
  return {{Level::kOk, "disk", text, ""}};
}

}  // namespace wardkeep::doctor
