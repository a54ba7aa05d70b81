#include "storage/sqlite/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace wardkeep::storage::sqlite {
namespace {

base::Error Unavailable(std::string message, int error) {
  return base::Error(base::ErrorCode::kUnavailable, std::move(message), std::strerror(error));
}

std::string HolderOf(int fd) {
  std::array<char, 32> text;
  const ssize_t size = pread(fd, text.data(), text.size(), 0);
  return size > 0 ? "process " + std::string(text.data(), static_cast<std::size_t>(size)) : "another process";
}

// False when the holder before us removed the file: the lock would then be on a file nobody else will find.
bool IsStillAt(int fd, const std::string& path) {
  struct stat held {};
  struct stat found {};
  return fstat(fd, &held) == 0 && stat(path.c_str(), &found) == 0 && held.st_ino == found.st_ino &&
         held.st_dev == found.st_dev;
}

}  // namespace

base::Result<LockFile> LockFile::Acquire(const std::string& path) {
  while (true) {
    int fd = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    const bool is_new = fd >= 0;
    if (fd < 0 && errno == EEXIST) fd = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT) continue;
    if (fd < 0) return Unavailable("lock file `" + path + "` cannot be written", errno);
    LockFile lock(path, base::Descriptor(fd), is_new);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      lock.is_new_ = false;
      if (error != EWOULDBLOCK) return Unavailable("lock file `" + path + "` cannot be locked", error);
      return base::Error(base::ErrorCode::kUnavailable, "the database is in use by " + HolderOf(fd));
    }
    if (!IsStillAt(fd, path)) continue;
    const std::string pid = std::to_string(getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, pid.data(), pid.size(), 0) < 0) {
      return Unavailable("lock file `" + path + "` cannot be written", errno);
    }
    return lock;
  }
}

void LockFile::RemoveIfNew() {
  if (is_new_ && file_.is_open()) unlink(path_.c_str());
}

}  // namespace wardkeep::storage::sqlite
