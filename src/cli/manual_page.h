// `wardkeep man`: the manual page wardkeep(1), made from the tree of commands.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace wardkeep::cli {

// In man(7) macros.
std::string ManualPage(const CLI::App& root);

}  // namespace wardkeep::cli
