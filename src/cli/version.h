// The version of the program, as CMakeLists.txt states it.
#pragma once

namespace wardkeep::cli {

const char* Version();  // "0.1.0"

}  // namespace wardkeep::cli
