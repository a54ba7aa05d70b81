#include "recording_vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <string>

#include "recorded_disk.h"

namespace wardkeep::power_cut {
namespace {

sqlite3_vfs* original = nullptr;

struct RecordedFile {
  sqlite3_file base;
  sqlite3_file* real;  // behind this struct
  std::string* path;   // null for files that are not recorded
};

RecordedFile& Of(sqlite3_file* file) {
  return *reinterpret_cast<RecordedFile*>(file);
}
sqlite3_file* Real(sqlite3_file* file) {
  return Of(file).real;
}
RecordedDisk* DiskOf(const RecordedFile& file) {
  return file.path == nullptr ? nullptr : RecordedDisk::Of(*file.path);
}

int Close(sqlite3_file* file) {
  const int code = Real(file)->pMethods->xClose(Real(file));
  delete Of(file).path;
  return code;
}
int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return Real(file)->pMethods->xRead(Real(file), bytes, size, offset);
}
int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (RecordedDisk* disk = DiskOf(Of(file))) {
    disk->Write(*Of(file).path, static_cast<uint64_t>(offset),
                {static_cast<const char*>(bytes), static_cast<std::size_t>(size)});
  }
  return Real(file)->pMethods->xWrite(Real(file), bytes, size, offset);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (RecordedDisk* disk = DiskOf(Of(file))) disk->Truncate(*Of(file).path, static_cast<uint64_t>(size));
  return Real(file)->pMethods->xTruncate(Real(file), size);
}
int Sync(sqlite3_file* file, int flags) {
  return Real(file)->pMethods->xSync(Real(file), flags);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Real(file)->pMethods->xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int level) {
  return Real(file)->pMethods->xLock(Real(file), level);
}
int Unlock(sqlite3_file* file, int level) {
  return Real(file)->pMethods->xUnlock(Real(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* held) {
  return Real(file)->pMethods->xCheckReservedLock(Real(file), held);
}
int FileControl(sqlite3_file* file, int operation, void* argument) {
  return Real(file)->pMethods->xFileControl(Real(file), operation, argument);
}
int SectorSize(sqlite3_file* file) {
  return Real(file)->pMethods->xSectorSize(Real(file));
}
int DeviceCharacteristics(sqlite3_file* file) {
  return Real(file)->pMethods->xDeviceCharacteristics(Real(file));
}
int ShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return Real(file)->pMethods->xShmMap(Real(file), page, size, extend, memory);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Real(file)->pMethods->xShmLock(Real(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) {
  Real(file)->pMethods->xShmBarrier(Real(file));
}
int ShmUnmap(sqlite3_file* file, int remove) {
  return Real(file)->pMethods->xShmUnmap(Real(file), remove);
}

// Version 2: without memory mapping, whose writes nobody would see.
const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     FileSize,
                                     Lock,
                                     Unlock,
                                     CheckReservedLock,
                                     FileControl,
                                     SectorSize,
                                     DeviceCharacteristics,
                                     ShmMap,
                                     ShmLock,
                                     ShmBarrier,
                                     ShmUnmap,
                                     nullptr,
                                     nullptr};

int Open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& opened = *new (file) RecordedFile{};
  opened.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(RecordedFile));
  const int code = original->xOpen(original, name, opened.real, flags, flags_out);
  if (code != SQLITE_OK) return code;
  opened.base.pMethods = &kMethods;
  RecordedDisk* disk = name == nullptr ? nullptr : RecordedDisk::Of(name);
  if (disk == nullptr) return code;
  opened.path = new std::string(name);
  disk->Create(*opened.path);  // where it is new
  return code;
}

// The file named by a descriptor, empty when it has no recorded disk.
std::string RecordedPath(int fd) {
  std::array<char, 512> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  std::string text(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return RecordedDisk::Of(text) == nullptr ? std::string() : text;
}

void RecordSync(int fd) {
  const std::string path = RecordedPath(fd);
  if (path.empty()) return;
  struct stat facts {};
  const bool is_folder = fstat(fd, &facts) == 0 && S_ISDIR(facts.st_mode);
  RecordedDisk* disk = RecordedDisk::Of(path);
  is_folder ? disk->SyncFolder() : disk->SyncFile(path);
}

int Result(long code) {
  return static_cast<int>(code);
}

}  // namespace

void InstallRecordingVfs() {
  if (original != nullptr) return;
  original = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs recording = *original;
  recording.zName = "recording";
  recording.pNext = nullptr;
  recording.szOsFile = static_cast<int>(sizeof(RecordedFile)) + original->szOsFile;
  recording.xOpen = Open;
  sqlite3_vfs_register(&recording, 1);
}

}  // namespace wardkeep::power_cut

// The replaced functions. The linker prefers those of the program to those of the C library, for libsqlite3
// too.
extern "C" {

int fsync(int fd) {
  wardkeep::power_cut::RecordSync(fd);
  return 0;
}

int fdatasync(int fd) {
  wardkeep::power_cut::RecordSync(fd);
  return 0;
}

int unlink(const char* path) noexcept {
  const long code = ::syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  auto* disk = wardkeep::power_cut::RecordedDisk::Of(path);
  if (code == 0 && disk != nullptr) disk->Remove(path);
  return wardkeep::power_cut::Result(code);
}

int rename(const char* from, const char* to) noexcept {
  const long code = ::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  auto* disk = wardkeep::power_cut::RecordedDisk::Of(to);
  if (code == 0 && disk != nullptr) disk->Rename(from, to);
  return wardkeep::power_cut::Result(code);
}

}  // extern "C"
