#include "cli/read_file.h"

#include <array>

namespace wardkeep::cli {

std::optional<std::string> ReadRest(std::FILE* file, std::size_t limit) {
  std::string text;
  std::array<char, 65536> buffer;
  while (text.size() <= limit) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file);
    text.append(buffer.data(), count);
    if (count < buffer.size()) break;
  }
  if (std::ferror(file) != 0) return std::nullopt;
  return text;
}

std::optional<std::string> ReadFile(const std::string& name, std::size_t limit) {
  const OwnedFile file(std::fopen(name.c_str(), "re"));
  if (!file) return std::nullopt;
  return ReadRest(file.get(), limit);
}

}  // namespace wardkeep::cli
