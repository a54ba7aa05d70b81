// Key material is moved or cloned on purpose.
#include "crypto/key_bytes.h"

wardkeep::crypto::KeyBytes Keep(const wardkeep::crypto::KeyBytes& key) {
#ifdef MISUSE
  return key;  // REFUSED
#endif
  return key.Clone();
}
