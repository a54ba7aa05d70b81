#include "crypto/sodium_ready.h"

#include <sodium.h>

#include "base/assert.h"

namespace wardkeep::crypto {

void EnsureSodiumReady() {
  static const int kStatus = sodium_init();
  WK_ASSERT(kStatus >= 0);
}

}  // namespace wardkeep::crypto
