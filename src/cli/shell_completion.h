// `wardkeep completion bash`: a script that completes commands and flags, made from the tree of commands.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace wardkeep::cli {

// The script for bash; zsh takes it after `autoload bashcompinit && bashcompinit`. Values of flags complete
// as files.
std::string BashCompletion(const CLI::App& root);

}  // namespace wardkeep::cli
