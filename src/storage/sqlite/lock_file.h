// LockFile: an flock()ed file beside the database, so that two servers never share one. The lock ends with
// the process, however it ends. Holds the process id as text, for the message the second server gives.
#pragma once

#include <string>
#include <utility>

#include "base/descriptor.h"
#include "base/result.h"

namespace wardkeep::storage::sqlite {

class LockFile {
 public:
  // unavailable when another process (or another LockFile of this one) holds it, or the folder is not
  // writable.
  static base::Result<LockFile> Acquire(const std::string& path);

  // Removes the file when Acquire made it: a refused database leaves nothing behind.
  void RemoveIfNew();

 private:
  LockFile(std::string path, base::Descriptor file, bool is_new)
      : path_(std::move(path)), file_(std::move(file)), is_new_(is_new) {}

  std::string path_;
  base::Descriptor file_;
  bool is_new_ = false;
};

}  // namespace wardkeep::storage::sqlite
