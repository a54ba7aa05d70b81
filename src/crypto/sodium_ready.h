// libsodium wants to be initialised before anything but memory functions is called. Idempotent and
// thread-safe.
#pragma once

namespace wardkeep::crypto {

void EnsureSodiumReady();

}  // namespace wardkeep::crypto
