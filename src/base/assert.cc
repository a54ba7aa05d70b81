#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace wardkeep::base {

void AssertFailed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "wardkeep: broken invariant `%s` at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace wardkeep::base
