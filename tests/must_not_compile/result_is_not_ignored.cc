// The error of a Result must be looked at.
#include "base/result.h"

wardkeep::base::Result<int> Load();

int Run() {
#ifdef MISUSE
  Load();  // REFUSED
#endif
  const auto loaded = Load();
  return loaded ? *loaded : 0;
}
