// Key material is never compared with ==.
#include "crypto/key_bytes.h"

bool Same(const wardkeep::crypto::KeyBytes& a, const wardkeep::crypto::KeyBytes& b) {
#ifdef MISUSE
  return a == b;  // REFUSED
#endif
  return &a == &b;
}
