// A Secret does not turn into a string by itself.
#include <string>

#include "base/secret.h"

void Log(const std::string& text);

void Fail(const wardkeep::base::Secret& secret) {
#ifdef MISUSE
  Log(secret);  // REFUSED
#endif
  Log(secret.empty() ? "empty" : "present");
}
