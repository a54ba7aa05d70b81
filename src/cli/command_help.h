// The groups and examples of the commands: one table, shown by --help, the manual page and the shell
// completion.
#pragma once

namespace CLI {
class App;
}

namespace wardkeep::cli {

// Gives every command of `root` its group and its examples. tests/cli asks that each command has a row.
void DescribeCommands(CLI::App& root);

}  // namespace wardkeep::cli
