// The command line of the `wardkeep` program: the tree of subcommands and their flags.
//
//   wardkeep serve [flags]              the server; flags come from the setting table
//   wardkeep evaluate [--explain] [FILES]
//   wardkeep account create|list        on a running server of this machine
//   wardkeep version
#pragma once

namespace wardkeep::cli {

// Runs the command and returns the exit status: 0 success, 1 the command failed, 2 it was called wrongly or,
// for evaluate, some line could not be used.
int RunCommandLine(int argc, const char* const* argv);

}  // namespace wardkeep::cli
