// Walks the tree of commands: what the manual page, the completion and the checks of the command line are
// made from.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace wardkeep::cli {

// The command directly below `at` with this name, null when there is none.
const CLI::App* FindCommand(const CLI::App& at, std::string_view name);
CLI::App* FindCommand(CLI::App& at, std::string_view name);

std::vector<const CLI::App*> CommandsBelow(const CLI::App& at);

// Calls `visit` with each command and its words as typed after `wardkeep` (empty for the root), parents
// first.
void VisitCommands(const CLI::App& root,
                   const std::function<void(const std::string& words, const CLI::App& command)>& visit);

// "--listen", "--json": the long flags of a command, in the order in which they were added; --help is among
// them.
std::vector<std::string> LongFlags(const CLI::App& command);

}  // namespace wardkeep::cli
