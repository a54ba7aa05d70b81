// A Result is not a value until somebody asked for it.
#include "base/result.h"

wardkeep::base::Result<int> Load();

int Run() {
#ifdef MISUSE
  int value = Load();  // REFUSED
  return value;
#endif
  const auto loaded = Load();
  return loaded ? *loaded : 0;
}
