// Small files that hold secrets: read whole, and replaced so that a crash leaves the old or the new content,
// never a part (a temporary file beside it, fsync, rename, fsync of the folder). POSIX; not thread-safe for
// one path.
#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"

namespace wardkeep::rotation {

// At most 1 MiB. kNotFound when it is not there.
base::Result<std::string> ReadPrivateFile(const std::string& path);

// A symbolic link is followed. An existing file keeps its mode and, where permitted, its owner; a new one has
// mode 0600. The temporary file is PATH.wardkeep-new and never readable by others.
base::Result<void> ReplacePrivateFile(const std::string& path, std::string_view content);

// Nothing to do when it is not there.
base::Result<void> RemovePrivateFile(const std::string& path);

// Holds a lock on the folder of a file as long as it lives, so that two runs do not meet. Ends with the
// process and leaves nothing behind.
class FolderLock {
 public:
  // kConflict when another process holds it.
  static base::Result<FolderLock> Take(const std::string& path);

 private:
  explicit FolderLock(base::Descriptor folder) : folder_(std::move(folder)) {}
  base::Descriptor folder_;
};

}  // namespace wardkeep::rotation
