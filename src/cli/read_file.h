// The whole text of a file that a command is given.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace wardkeep::cli {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OwnedFile = std::unique_ptr<std::FILE, CloseFile>;

// What the file still holds. Of a file with more than `limit` bytes only a part, which is longer than the
// limit. nullopt: it cannot be read, and errno says why.
std::optional<std::string> ReadRest(std::FILE* file, std::size_t limit);
std::optional<std::string> ReadFile(const std::string& name, std::size_t limit);

}  // namespace wardkeep::cli
