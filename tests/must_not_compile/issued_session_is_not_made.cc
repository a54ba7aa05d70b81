// An IssuedSession is made from a source of credentials, by the functions of its class alone.
#include "auth/issued_session.h"

void Make(wardkeep::auth::Session session) {
  using wardkeep::auth::IssuedSession;
#ifdef MISUSE
  IssuedSession made(std::move(session));  // REFUSED
#endif
  (void)session;
}
