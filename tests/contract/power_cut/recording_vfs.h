// A VFS beneath SQLite that tells the RecordedDisk of each file what happens to it and does it too. Syncs are
// recorded where they reach the operating system: fsync and fdatasync of this program are replaced, and so
// are rename and unlink, which the making of a database uses beside SQLite. The program never waits for the
// real disk.
#pragma once

namespace wardkeep::power_cut {

// Makes it the default VFS of the process. Once.
void InstallRecordingVfs();

}  // namespace wardkeep::power_cut
