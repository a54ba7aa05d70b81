// What a rotation remembers between its steps, so that a run that was killed can be finished: one small JSON
// file of mode 0600 for each profile. It holds the new secret from the moment the service gave it until the
// credentials file has it. Values; no thread-safety.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

namespace wardkeep::rotation {

// What has been done, in this order.
enum class Step : uint8_t {
  kPlanned,      // the keys that exist are noted; a new one may have been made and its secret lost
  kCreated,      // the new key is here, with its secret
  kWritten,      // the credentials file has the new key
  kDeactivated,  // the old key is off and waits to be deleted
};

struct RotationState {
  Step step = Step::kPlanned;
  std::string endpoint;  // where the rotation began; empty for AWS
  std::string user_arn;
  std::string old_key_id;
  std::vector<std::string> known_key_ids;  // those that existed before
  std::string new_key_id;
  base::Secret new_secret;  // only in kCreated
  base::Instant planned_at;
  base::Instant deactivated_at;  // only in kDeactivated
};

std::string EncodeState(const RotationState& state);
// kCorrupt for text that is not of this form.
base::Result<RotationState> DecodeState(std::string_view text);

}  // namespace wardkeep::rotation
