#include "rotation/private_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <memory>

namespace wardkeep::rotation {
namespace {

constexpr std::size_t kLargest = 1024 * 1024;

base::Error Failed(const std::string& what, const std::string& path) {
  return base::Error(base::ErrorCode::kUnavailable, "cannot " + what + " `" + path + "`",
                     std::strerror(errno));
}

bool WriteAll(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Where the file really is; a file that does not exist yet is where it is named.
std::string Resolved(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
  return real == nullptr ? path : std::string(real.get());
}

std::string FolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool SyncFolder(const std::string& path) {
  const base::Descriptor folder(::open(FolderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.is_open() && ::fsync(folder.value()) == 0;
}

// The file that takes the place of `target`, complete and on disk.
base::Result<void> WriteBeside(const std::string& temporary, const std::string& target,
                               std::string_view content) {
  ::unlink(temporary.c_str());  // left by a run that was killed
  const base::Descriptor file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) return Failed("create", temporary);
  struct stat old {};
  if (::stat(target.c_str(), &old) == 0) {
    // Only root may give a file away; for everyone else the owner is already right.
    if ((old.st_uid != ::geteuid() || old.st_gid != ::getegid()) &&
        ::fchown(file.value(), old.st_uid, old.st_gid) != 0 && ::geteuid() == 0) {
      return Failed("give back the owner of", target);
    }
    if (::fchmod(file.value(), old.st_mode & 07777) != 0) return Failed("set the mode of", temporary);
  }
  if (!WriteAll(file.value(), content) || ::fsync(file.value()) != 0) return Failed("write", temporary);
  return {};
}

}  // namespace

base::Result<std::string> ReadPrivateFile(const std::string& path) {
  const base::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    if (errno == ENOENT) return base::Error(base::ErrorCode::kNotFound, "there is no file `" + path + "`");
    return Failed("read", path);
  }
  std::string content;
  char buffer[4096];
  while (true) {
    const ssize_t count = ::read(file.value(), buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed("read", path);
    if (count == 0) return content;
    content.append(buffer, static_cast<std::size_t>(count));
    if (content.size() > kLargest) {
      return base::Error(base::ErrorCode::kInvalid, "`" + path + "` is larger than 1 MiB");
    }
  }
}

base::Result<void> ReplacePrivateFile(const std::string& path, std::string_view content) {
  const std::string target = Resolved(path);
  const std::string temporary = target + ".wardkeep-new";
  if (auto written = WriteBeside(temporary, target, content); !written) {
    ::unlink(temporary.c_str());
    return written;
  }
  if (::rename(temporary.c_str(), target.c_str()) != 0) {
    auto failed = Failed("replace", target);
    ::unlink(temporary.c_str());
    return failed;
  }
  if (!SyncFolder(target)) return Failed("make durable", target);
  return {};
}

base::Result<void> RemovePrivateFile(const std::string& path) {
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return {};
    return Failed("remove", path);
  }
  if (!SyncFolder(path)) return Failed("make durable the folder of", path);
  return {};
}

base::Result<FolderLock> FolderLock::Take(const std::string& path) {
  const std::string folder = FolderOf(Resolved(path));
  FolderLock lock(base::Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  if (!lock.folder_.is_open()) return Failed("open", folder);
  if (::flock(lock.folder_.value(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) {
    return base::Error(base::ErrorCode::kConflict, "another rotation is running in `" + folder + "`");
  }
  return Failed("lock", folder);
}

}  // namespace wardkeep::rotation
