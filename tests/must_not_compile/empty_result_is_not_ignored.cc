// Nor may a Result be ignored that has no value.
#include "base/result.h"

wardkeep::base::Result<void> Commit();

wardkeep::base::Result<void> Run() {
#ifdef MISUSE
  Commit();  // REFUSED
#endif
  WK_TRY(Commit());
  return {};
}
