// The answer of a comparison or of a password check must be used.
#include "crypto/constant_time.h"
#include "crypto/password_hash.h"

bool Check(const wardkeep::base::Secret& password) {
#ifdef MISUSE
  wardkeep::crypto::VerifyPassword("hash", password);  // REFUSED
#endif
  return wardkeep::crypto::VerifyPassword("hash", password);
}
