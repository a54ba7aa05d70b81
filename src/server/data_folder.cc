#include "server/data_folder.h"

#include <sys/stat.h>

#include <array>
#include <cstdio>

namespace wardkeep::server {

base::Result<void> CheckFolderIsPrivate(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || (facts.st_mode & 077U) == 0) return {};
  std::array<char, 8> mode{};
  std::snprintf(mode.data(), mode.size(), "%04o", facts.st_mode & 07777U);
  return base::Error(base::ErrorCode::kInvalid,
                     "the data folder `" + path + "` has mode " + mode.data() +
                         ", so other users of this machine can get at it; run `chmod 700 " + path + "`");
}

}  // namespace wardkeep::server
