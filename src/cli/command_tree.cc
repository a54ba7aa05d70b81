#include "cli/command_tree.h"

#include <CLI/CLI.hpp>

namespace wardkeep::cli {
namespace {

void Visit(const CLI::App& at, const std::string& words,
           const std::function<void(const std::string&, const CLI::App&)>& visit) {
  visit(words, at);
  for (const CLI::App* command : CommandsBelow(at)) {
    Visit(*command, words.empty() ? command->get_name() : words + " " + command->get_name(), visit);
  }
}

}  // namespace

std::vector<const CLI::App*> CommandsBelow(const CLI::App& at) {
  return at.get_subcommands([](const CLI::App*) { return true; });
}

const CLI::App* FindCommand(const CLI::App& at, std::string_view name) {
  for (const CLI::App* command : CommandsBelow(at)) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

CLI::App* FindCommand(CLI::App& at, std::string_view name) {
  for (CLI::App* command : at.get_subcommands([](CLI::App*) { return true; })) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

void VisitCommands(const CLI::App& root,
                   const std::function<void(const std::string&, const CLI::App&)>& visit) {
  Visit(root, "", visit);
}

std::vector<std::string> LongFlags(const CLI::App& command) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; })) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

}  // namespace wardkeep::cli
