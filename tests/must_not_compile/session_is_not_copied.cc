// A Session holds a secret, so that it is not copied either.
#include "auth/session.h"

void Use(wardkeep::auth::Session session);

void Twice(wardkeep::auth::Session& session) {
#ifdef MISUSE
  Use(session);  // REFUSED
#endif
  Use(std::move(session));
}
