// Only a session that issued_session.h made can be handed out: no issuer can forget what it must keep of its
// source.
#include "auth/session_token.h"

void HandOut(const wardkeep::auth::SessionTokens& tokens, const wardkeep::auth::IssuedSession& issued) {
#ifdef MISUSE
  (void)tokens.Seal(issued.session());  // REFUSED
#endif
  (void)tokens.Seal(issued);
}
