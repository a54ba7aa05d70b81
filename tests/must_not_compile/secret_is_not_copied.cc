// A Secret is moved or cloned on purpose, never copied.
#include "base/secret.h"

wardkeep::base::Secret Keep(const wardkeep::base::Secret& secret) {
#ifdef MISUSE
  return secret;  // REFUSED
#endif
  return secret.Clone();
}
