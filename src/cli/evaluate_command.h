// `wardkeep evaluate [--explain] [FILE...]`: answers every line of the files, or of `in` if there are none,
// with one line on `out`, in order. Blank lines are skipped. Needs no server.
#pragma once

#include <cstdio>
#include <span>
#include <string>

namespace wardkeep::cli {

// The exit status: 0; 2 if a line could not be used; 1 if a file could not be read or the output not written,
// which is also said on standard error.
int RunEvaluate(std::span<const std::string> files, bool explain, std::FILE* in, std::FILE* out);

}  // namespace wardkeep::cli
