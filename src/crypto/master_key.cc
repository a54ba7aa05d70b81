#include "crypto/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "base/base64.h"
#include "base/descriptor.h"
#include "base/secret.h"
#include "base/trim.h"

namespace wardkeep::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kMaxFileSize = 256;  // a key takes 45; anything larger is some other file

std::string Reason(int error_number) {
  return std::generic_category().message(error_number);
}

Result<void> CheckIsPrivateFile(int fd, const std::string& path) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    return Error(ErrorCode::kUnavailable, "cannot inspect master key file `" + path + "`", Reason(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return Error(ErrorCode::kInvalid, "master key file `" + path + "` is not a regular file");
  }
  if ((status.st_mode & 077) != 0) {
    std::array<char, 8> mode{};
    std::snprintf(mode.data(), mode.size(), "%04o", static_cast<unsigned>(status.st_mode & 07777));
    return Error(ErrorCode::kInvalid, "master key file `" + path + "` has mode " + mode.data() +
                                          ", so that others than its owner can use it; make it 0600");
  }
  return {};
}

Result<base::Secret> ReadSmallFile(int fd, const std::string& path) {
  std::array<char, kMaxFileSize + 1> buffer{};
  std::size_t size = 0;
  while (size < buffer.size()) {
    const ssize_t n = ::read(fd, buffer.data() + size, buffer.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return Error(ErrorCode::kUnavailable, "cannot read master key file `" + path + "`", Reason(errno));
    if (n == 0) break;
    size += static_cast<std::size_t>(n);
  }
  base::Secret text(std::string(buffer.data(), size));
  explicit_bzero(buffer.data(), buffer.size());
  if (size > kMaxFileSize)
    return Error(ErrorCode::kInvalid, "master key file `" + path + "` is too large for a key");
  return text;
}

Result<void> WriteDurably(const std::string& path, std::string_view text) {
  const base::Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) return Error(ErrorCode::kUnavailable, "cannot create `" + path + "`", Reason(errno));
  while (!text.empty()) {
    const ssize_t n = ::write(file.value(), text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error(ErrorCode::kUnavailable, "cannot write `" + path + "`", Reason(errno));
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(file.value()) != 0)
    return Error(ErrorCode::kUnavailable, "cannot sync `" + path + "`", Reason(errno));
  return {};
}

Result<void> SyncFolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const base::Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle.is_open() || ::fsync(handle.value()) != 0) {
    return Error(ErrorCode::kUnavailable, "cannot sync folder `" + folder + "`", Reason(errno));
  }
  return {};
}

// Gives the finished file its name unless somebody else was faster. Not every file system has
// RENAME_NOREPLACE; where it is missing a plain rename leaves only the race of two first starts at the same
// moment.
Result<void> PublishUnlessPresent(const std::string& temporary, const std::string& path) {
  if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EEXIST) {
    ::unlink(temporary.c_str());
    return {};
  }
  if (errno == EINVAL && ::rename(temporary.c_str(), path.c_str()) == 0) return {};
  const std::string reason = Reason(errno);
  ::unlink(temporary.c_str());
  return Error(ErrorCode::kUnavailable, "cannot create master key file `" + path + "`", reason);
}

Result<void> CreateMasterKey(const std::string& path, base::Rng& rng) {
  std::array<uint8_t, KeyBytes::kSize> bytes{};
  rng.Fill(bytes);
  const base::Secret text(base::Base64Encode(bytes) + "\n");
  explicit_bzero(bytes.data(), bytes.size());
  const std::string temporary = path + "." + base::RandomText(rng, "abcdefghijklmnopqrstuvwxyz", 12) + ".new";
  if (auto written = WriteDurably(temporary, text.Reveal()); !written) {
    ::unlink(temporary.c_str());
    return written;
  }
  WK_TRY(PublishUnlessPresent(temporary, path));
  return SyncFolderOf(path);
}

}  // namespace

Result<KeyBytes> ParseMasterKey(std::string_view base64) {
  constexpr std::size_t kTextSize = 44;
  const std::string_view text = base::Trim(base64, base::kBlanksAndLineEnds);
  auto bytes = text.size() == kTextSize ? base::Base64Decode(text) : std::nullopt;
  if (!bytes || bytes->size() != KeyBytes::kSize) {
    return Error(ErrorCode::kInvalid, "a master key must be 32 bytes in base64 (44 characters)");
  }
  KeyBytes key(std::span<const uint8_t, KeyBytes::kSize>(bytes->data(), KeyBytes::kSize));
  explicit_bzero(bytes->data(), bytes->size());
  return key;
}

Result<KeyBytes> LoadMasterKey(const std::string& path) {
  // Non-blocking, so that a pipe in place of the file is refused instead of waited for.
  const base::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() && errno == ENOENT) {
    return Error(ErrorCode::kNotFound, "master key file `" + path + "` does not exist");
  }
  if (!file.is_open())
    return Error(ErrorCode::kUnavailable, "cannot open master key file `" + path + "`", Reason(errno));
  WK_TRY(CheckIsPrivateFile(file.value(), path));
  WK_ASSIGN(const base::Secret text, ReadSmallFile(file.value(), path));
  auto key = ParseMasterKey(text.Reveal());
  if (!key)
    return Error(ErrorCode::kInvalid, "master key file `" + path + "` is damaged", key.error().message);
  return key;
}

Result<KeyBytes> LoadOrCreateMasterKey(const std::string& path, base::Rng& rng) {
  auto loaded = LoadMasterKey(path);
  if (loaded || loaded.error().code != ErrorCode::kNotFound) return loaded;
  WK_TRY(CreateMasterKey(path, rng));
  return LoadMasterKey(path);
}

}  // namespace wardkeep::crypto
