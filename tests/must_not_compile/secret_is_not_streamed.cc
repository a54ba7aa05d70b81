// A Secret has no text form that a log could take.
#include <ostream>

#include "base/secret.h"

void Log(std::ostream& out, const wardkeep::base::Secret& secret) {
#ifdef MISUSE
  out << secret;  // REFUSED
#endif
  out << secret.empty();
}
