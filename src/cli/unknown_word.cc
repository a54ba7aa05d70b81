#include "cli/unknown_word.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "cli/command_tree.h"

namespace wardkeep::cli {
namespace {

// Letters to change, add or leave out between two words; both are short.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string Sentence(const CLI::App& at, const std::string& path, const std::string& word) {
  std::string names;
  std::string nearest;
  std::size_t best = word.size() / 2 + 1;  // further away is another word, not a slip
  for (const CLI::App* command : CommandsBelow(at)) {
    const std::string name = command->get_name();
    names += (names.empty() ? "" : ", ") + name;
    if (const std::size_t distance = Distance(word, name); distance < best) {
      best = distance;
      nearest = name;
    }
  }
  std::string text = "there is no command `" + path + word + "`";
  if (!nearest.empty()) text += "; did you mean `" + path + nearest + "`?";
  return text + "\ncommands: " + names + "\nrun `" + path + "--help` for what each does";
}

}  // namespace

std::optional<std::string> UnknownWord(const CLI::App& root, int argc, const char* const* argv) {
  constexpr std::size_t kLongestWord = 64;
  const CLI::App* at = &root;
  std::string path = root.get_name() + " ";
  for (int i = 1; i < argc && at->get_require_subcommand_min() > 0; ++i) {
    const std::string word = std::string(argv[i]).substr(0, kLongestWord);
    if (word.starts_with('-')) return std::nullopt;
    const CLI::App* next = FindCommand(*at, word);
    if (next == nullptr) return Sentence(*at, path, word);
    at = next;
    path += word + " ";
  }
  return std::nullopt;
}

}  // namespace wardkeep::cli
