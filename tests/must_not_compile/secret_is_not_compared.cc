// Secrets are compared with crypto::ConstantTimeEquals, never with ==.
#include "base/secret.h"
#include "crypto/constant_time.h"

bool Same(const wardkeep::base::Secret& a, const wardkeep::base::Secret& b) {
#ifdef MISUSE
  return a == b;  // REFUSED
#endif
  return wardkeep::crypto::ConstantTimeEquals(a.Reveal(), b.Reveal());
}
