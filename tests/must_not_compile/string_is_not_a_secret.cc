// A text becomes a Secret only where the code says so.
#include <string>

#include "base/secret.h"

wardkeep::base::Secret Make(std::string text) {
#ifdef MISUSE
  return text;  // REFUSED
#endif
  return wardkeep::base::Secret(std::move(text));
}
