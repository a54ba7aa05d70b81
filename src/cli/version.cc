#include "cli/version.h"

namespace wardkeep::cli {

const char* Version() {
  return WARDKEEP_VERSION;
}

}  // namespace wardkeep::cli
