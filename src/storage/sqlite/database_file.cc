#include "storage/sqlite/database_file.h"
#include "base/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace wardkeep::storage::sqlite {
namespace {

using base::Error;
using base::ErrorCode;
using Header = std::array<unsigned char, 100>;

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr mode_t kAnyWrite = S_IWUSR | S_IWGRP | S_IWOTH;

Error Unavailable(const std::string& message, int error = 0) {
  return Error(ErrorCode::kUnavailable, message, error == 0 ? "" : std::strerror(error));
}

std::string Quoted(const std::string& path) {
  return "`" + path + "`";
}

std::string FolderOf(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

int64_t BigEndian32(const Header& header, std::size_t at) {
  return static_cast<int64_t>(header[at]) << 24 | header[at + 1] << 16 | header[at + 2] << 8 | header[at + 3];
}

base::Result<void> CheckHeader(const std::string& path, const Header& header, int64_t newest) {
  if (std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0) {
    return Error(ErrorCode::kInvalid,
                 "file " + Quoted(path) + " is not a SQLite database, or its header is damaged");
  }
  if (BigEndian32(header, 68) != kApplicationId) {
    return Error(ErrorCode::kInvalid, "database " + Quoted(path) + " belongs to another program");
  }
  const int64_t version = BigEndian32(header, 60);
  if (version > newest) {
    return Error(ErrorCode::kInvalid,
                 "database " + Quoted(path) + " was written by a newer version (format " +
                     std::to_string(version) + ", this program knows up to " + std::to_string(newest) + ")");
  }
  return {};
}

}  // namespace

base::Result<void> PrepareFolder(const std::string& path) {
  const std::string folder = FolderOf(path);
  std::error_code failure;
  if (!std::filesystem::exists(folder, failure)) {
    const auto parent = std::filesystem::path(folder).parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, failure);
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      return Unavailable("folder " + Quoted(folder) + " cannot be made", errno);
    }
  }
  struct stat facts {};
  if (stat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) {
    return Unavailable(Quoted(folder) + " is not a folder");
  }
  // The superuser may write everywhere; a folder nobody is meant to write is respected all the same.
  if ((facts.st_mode & kAnyWrite) == 0) return Unavailable("folder " + Quoted(folder) + " is read-only");
  return {};
}

base::Result<FileState> InspectFile(const std::string& path, int64_t newest, Access access) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) {
    if (errno == ENOENT) return FileState::kAbsent;
    return Unavailable("database " + Quoted(path) + " cannot be read", errno);
  }
  if (!S_ISREG(facts.st_mode)) return Error(ErrorCode::kInvalid, Quoted(path) + " is not a file");
  const bool writes = access == Access::kReadAndWrite;
  const base::Descriptor file(open(path.c_str(), (writes ? O_RDWR : O_RDONLY) | O_CLOEXEC));
  const int error = errno;
  if ((writes && (facts.st_mode & kAnyWrite) == 0) ||
      (writes && !file.is_open() && (error == EROFS || error == EACCES))) {
    return Unavailable("database " + Quoted(path) + " is read-only");
  }
  if (!file.is_open()) return Unavailable("database " + Quoted(path) + " cannot be opened", error);
  Header header{};
  const ssize_t size = pread(file.value(), header.data(), header.size(), 0);
  if (size < 0) return Unavailable("database " + Quoted(path) + " cannot be read", errno);
  if (size < static_cast<ssize_t>(header.size())) {
    return Error(ErrorCode::kCorrupt, "file " + Quoted(path) + " is too short to be a database");
  }
  WK_TRY(CheckHeader(path, header, newest));
  // SQLite reads a page that is cut short as if zeroes followed. After a crash the log has the whole of it.
  const int64_t page_size = header[16] << 8 | header[17];
  if (page_size < 512 || (!HasLog(path) && facts.st_size % page_size != 0)) {
    return Error(ErrorCode::kCorrupt,
                 "database " + Quoted(path) + ": the database is damaged, it ends inside a page");
  }
  return FileState::kOurs;
}

bool HasLog(const std::string& path) {
  struct stat facts {};
  return stat((path + "-wal").c_str(), &facts) == 0 && facts.st_size > 0;
}

base::Result<void> CreateFile(const std::string& path) {
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) unlink((path + suffix).c_str());
  const base::Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) return Unavailable("database " + Quoted(path) + " cannot be made", errno);
  return {};
}

base::Result<void> MoveIntoPlace(const std::string& from, const std::string& to) {
  {
    const base::Descriptor file(open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open() || fsync(file.value()) != 0) {
      return Unavailable("database " + Quoted(from) + " cannot be made durable", errno);
    }
  }
  if (std::rename(from.c_str(), to.c_str()) != 0) {
    return Unavailable("database " + Quoted(to) + " cannot be made", errno);
  }
  const base::Descriptor folder(open(FolderOf(to).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open() || fsync(folder.value()) != 0) {
    return Unavailable("folder " + Quoted(FolderOf(to)) + " cannot be made durable", errno);
  }
  return {};
}

}  // namespace wardkeep::storage::sqlite
