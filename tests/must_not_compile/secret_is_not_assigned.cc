// Assigning a Secret from a constant one would copy it.
#include "base/secret.h"

void Keep(const wardkeep::base::Secret& secret, wardkeep::base::Secret& kept) {
#ifdef MISUSE
  kept = secret;  // REFUSED
#endif
  kept = secret.Clone();
}
