// What is wrong with the words of a command line before any option: the first one that names no command.
#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace wardkeep::cli {

// A sentence that names the word, the nearest command and all commands that could stand there; nullopt when
// every leading word names a command, or when an option comes first. Pure.
std::optional<std::string> UnknownWord(const CLI::App& root, int argc, const char* const* argv);

}  // namespace wardkeep::cli
