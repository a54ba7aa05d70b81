#include "cli/failure_text.h"

#include <cstdio>

namespace wardkeep::cli {

void PrintFailure(const base::Error& error) {
  std::fprintf(stderr, "wardkeep: %s%s%s\n", error.message.c_str(), error.cause.empty() ? "" : ": ",
               error.cause.c_str());
}

}  // namespace wardkeep::cli
