#include "cli/command_help.h"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "cli/command_tree.h"

namespace wardkeep::cli {
namespace {

constexpr std::string_view kServer = "Server";
constexpr std::string_view kOperator = "Accounts of a running server (on its machine)";
constexpr std::string_view kOffline = "Policies and access, without a server";
constexpr std::string_view kProfiles = "Profiles of the AWS credentials file";
constexpr std::string_view kProgram = "This program";

struct CommandHelp {
  std::string_view command;  // words from the root, as typed
  std::string_view group;    // heading in the list of commands
  std::string_view examples;
};

constexpr CommandHelp kCommands[] = {
    {"serve", kServer,
     "wardkeep serve                                   # 127.0.0.1:8480, data in ./wardkeep-data\n"
     "wardkeep serve --memory                          # keeps nothing\n"
     "wardkeep serve --config /etc/wardkeep.toml\n"
     "wardkeep serve --listen 0.0.0.0:443 --tls-certificate chain.pem --tls-key key.pem"},
    {"doctor", kServer,
     "wardkeep doctor                                  # the same flags and files as `wardkeep serve`\n"
     "wardkeep doctor --config /etc/wardkeep.toml --json"},
    {"settings", kServer,
     "wardkeep settings                                # name, flag, environment variable, meaning\n"
     "wardkeep settings --format toml >wardkeep.toml   # a configuration file to start from"},
    {"database", kServer, ""},
    {"database verify", kServer,
     "wardkeep database verify --data /var/lib/wardkeep   # reads the folder, also beside a running server\n"
     "wardkeep database verify --online --json            # asks the running server"},
    {"account", kOperator, ""},
    {"account create", kOperator, "wardkeep account create --name Payments --email payments@example.com"},
    {"account list", kOperator, "wardkeep account list --json"},
    {"account close", kOperator, "wardkeep account close 123456789012"},
    {"account restore", kOperator, "wardkeep account restore 123456789012"},
    {"account purge", kOperator, "wardkeep account purge 123456789012"},
    {"account reset-admin", kOperator,
     "wardkeep account reset-admin 123456789012        # a new access key for the user `admin`"},
    {"account signins", kOperator, "wardkeep account signins 123456789012"},
    {"mfa", kOperator, ""},
    {"mfa import-seeds", kOperator, "wardkeep mfa import-seeds seeds.csv --account-id 123456789012"},
    {"hygiene", kOperator, "wardkeep hygiene"},
    {"evaluate", kOffline,
     "wardkeep evaluate --explain requests.jsonl\n"
     "echo "
     "'{\"request\":{\"principal\":{\"arn\":\"arn:aws:iam::123456789012:user/"
     "ann\"},\"action\":\"s3:GetObject\","
     "\"resource\":{\"arn\":\"arn:aws:s3:::b/k\"}},\"policies\":{}}' | wardkeep evaluate"},
    {"policy", kOffline, ""},
    {"policy summary", kOffline, "wardkeep policy summary policy.json"},
    {"who-can", kOffline,
     "aws iam get-account-authorization-details >details.json\n"
     "wardkeep who-can --details details.json --action s3:GetObject --resource arn:aws:s3:::logs/today"},
    {"what-can", kOffline,
     "wardkeep what-can --details details.json --principal arn:aws:iam::123456789012:user/ann \\\n"
     "    --resource arn:aws:s3:::logs/today"},
    {"rotate-key", kProfiles,
     "wardkeep rotate-key --profile deploy             # again after the grace time, to delete the old key\n"
     "wardkeep rotate-key --profile deploy --grace 0"},
    {"operations", kProgram, "wardkeep operations"},
    {"completion", kProgram, "wardkeep completion bash >/etc/bash_completion.d/wardkeep"},
    {"man", kProgram, "wardkeep man | man -l -"},
    {"version", kProgram, "wardkeep version"},
};

CLI::App* Find(CLI::App& root, std::string_view command) {
  CLI::App* at = &root;
  std::istringstream words{std::string(command)};
  for (std::string word; at != nullptr && words >> word;) at = FindCommand(*at, word);
  return at;
}

// Two blanks before each line, under a heading.
std::string Indented(std::string_view examples) {
  std::string text = "Examples:";
  std::istringstream lines{std::string(examples)};
  for (std::string line; std::getline(lines, line);) text += "\n  " + line;
  return text;
}

}  // namespace

void DescribeCommands(CLI::App& root) {
  for (const CommandHelp& row : kCommands) {
    CLI::App* command = Find(root, row.command);
    if (command == nullptr) continue;
    if (row.command.find(' ') == std::string_view::npos) command->group(std::string(row.group));
    if (!row.examples.empty()) command->footer(Indented(row.examples));
  }
  root.footer("Run `wardkeep COMMAND --help` for the options and examples of a command.");
}

}  // namespace wardkeep::cli
