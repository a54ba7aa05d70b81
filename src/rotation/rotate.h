// Rotation: replaces the access key of one profile by a new one, step by step, each noted on disk before the
// next begins. Killed between any two steps and run again, it finishes; the one secret that can be lost is
// that of a key that was just made and never noted, and that key is then found and deleted.
//
//   plan -> create -> verify -> write the credentials file -> deactivate the old key -> (grace) -> delete it
//
// Not thread-safe; the caller holds the FolderLock of the credentials file.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "rotation/key_service.h"
#include "rotation/rotation_state.h"

namespace wardkeep::rotation {

struct RotationOrder {
  std::string profile;
  std::string credentials_path;
  std::string state_path;
  std::string endpoint;  // empty for AWS; a rotation must be finished where it began
  std::chrono::seconds grace{std::chrono::hours(24)};
};

// Where the rotation touches the world beside files and keys. All are called on the caller's thread.
struct RotationHooks {
  std::function<void(const std::string&)> report;            // one line for the user, never a secret
  std::function<void(std::string_view)> reached;             // a point where a test may end the process
  std::function<void(std::chrono::milliseconds)> sleep_for;  // between two tries
};

enum class Outcome { kFinished, kWaiting };  // kWaiting: run again when the grace period is over

class Rotation {
 public:
  Rotation(RotationOrder order, KeyService& service, const base::Clock& clock, RotationHooks hooks);

  // Does everything that can be done now. Errors say what to do; the state stays for the next run.
  base::Result<Outcome> Run();

  // Removes the note of an unfinished rotation, whatever is in it, and reports which keys it leaves behind;
  // no key and no credentials are touched. The next Run begins anew.
  base::Result<void> Forget();

 private:
  base::Result<void> LoadState(bool& found);
  base::Result<void> Save();
  base::Result<void> Plan();
  base::Result<void> DropLostKey();
  base::Result<void> Create();
  base::Result<void> Verify();
  base::Result<void> WriteProfile();
  base::Result<void> DeactivateOld();
  base::Result<Outcome> DeleteOld();
  base::Result<ProfileKey> ReadProfile(std::string_view expected_id) const;

  RotationOrder order_;
  KeyService& service_;
  const base::Clock& clock_;
  RotationHooks hooks_;
  RotationState state_;
};

}  // namespace wardkeep::rotation
