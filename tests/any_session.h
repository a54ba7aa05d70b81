// For tests of what a token holds: seals whatever session it is given. The product has no such way.
#pragma once

#include <utility>

#include "auth/issued_session.h"

namespace wardkeep::auth {

struct AnySessionForTests {
  static IssuedSession Issued(Session session) { return IssuedSession(std::move(session)); }
};

}  // namespace wardkeep::auth
