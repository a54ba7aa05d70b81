// What can be told of a database file before SQLite touches it, and the making of a new one.
//
// SQLite would create, recover or write files on opening; so a file that is not ours is recognised by its
// header (SQLite's file format, section 1.3: magic, user version at byte 60, application id at byte 68).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace wardkeep::storage::sqlite {

inline constexpr int64_t kApplicationId = 0x574b4550;  // "WKEP"

enum class FileState : uint8_t { kAbsent, kOurs };
enum class Access : uint8_t { kReadAndWrite, kRead };

// Makes the folder of `path` with mode 0700 if it is not there.
base::Result<void> PrepareFolder(const std::string& path);

// Writes nothing. Errors: invalid for a file of another program or of a newer version than `newest`, corrupt
// for an empty one, unavailable for one that cannot be read and, if that is wanted, written.
base::Result<FileState> InspectFile(const std::string& path, int64_t newest,
                                    Access access = Access::kReadAndWrite);

// True when a log with changes not yet in the database is beside it.
bool HasLog(const std::string& path);

// A new, empty file with mode 0600, in place of what an interrupted earlier attempt left under this name.
base::Result<void> CreateFile(const std::string& path);
// Gives the finished file its name, durably.
base::Result<void> MoveIntoPlace(const std::string& from, const std::string& to);

}  // namespace wardkeep::storage::sqlite
