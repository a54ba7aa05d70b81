#include "cli/shell_completion.h"

#include <CLI/CLI.hpp>

#include "cli/command_tree.h"

namespace wardkeep::cli {

std::string BashCompletion(const CLI::App& root) {
  std::string known;   // paths that name a command
  std::string offers;  // what may follow each path
  VisitCommands(root, [&](const std::string& words, const CLI::App& command) {
    if (!words.empty()) known += (known.empty() ? "" : "|") + ("'" + words + "'");
    std::string after;
    for (const CLI::App* below : CommandsBelow(command)) after += below->get_name() + " ";
    for (const std::string& flag : LongFlags(command)) after += flag + " ";
    if (!after.empty()) after.pop_back();
    offers += "    '" + words + "') words='" + after + "' ;;\n";
  });
  return "# bash completion of wardkeep; written by `wardkeep completion bash`\n"
         "_wardkeep() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} path='' word words=''\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case \"${path:+$path }$word\" in\n"
         "      " +
         known +
         ") path=\"${path:+$path }$word\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         offers +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _wardkeep wardkeep\n";
}

}  // namespace wardkeep::cli
