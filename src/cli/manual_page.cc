#include "cli/manual_page.h"

#include <CLI/CLI.hpp>
#include <sstream>

#include "cli/command_tree.h"
#include "cli/version.h"

namespace wardkeep::cli {
namespace {

// Text as man(7) shows it unchanged.
std::string Escaped(const std::string& text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

void AppendOptions(const CLI::App& command, std::string& out) {
  for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; })) {
    if (option->check_name("--help")) continue;
    const std::string name = option->get_name();
    const std::string value = option->get_expected_max() > 0 && !option->get_type_name().empty()
                                  ? " " + option->get_type_name()
                                  : "";
    out += ".TP\n.B " + Escaped(name + value) + "\n" + Escaped(option->get_description()) + "\n";
  }
}

// Everything behind the heading of a footer.
void AppendExamples(const CLI::App& command, std::string& out) {
  std::istringstream lines(command.get_footer());
  std::string line;
  if (!std::getline(lines, line) || line != "Examples:") return;
  out += ".PP\nExamples:\n.PP\n.nf\n";
  while (std::getline(lines, line)) out += Escaped(line) + "\n";
  out += ".fi\n";
}

}  // namespace

std::string ManualPage(const CLI::App& root) {
  std::string out =
      ".TH WARDKEEP 1 \"\" \"wardkeep " + std::string(Version()) +
      "\" \"User Commands\"\n"
      ".SH NAME\nwardkeep \\- identity and access management that speaks the protocols of AWS IAM\n"
      ".SH SYNOPSIS\n.B wardkeep\n.I COMMAND\n[OPTIONS]\n.SH COMMANDS\n";
  VisitCommands(root, [&](const std::string& words, const CLI::App& command) {
    if (words.empty()) return;
    out += ".SS " + Escaped("wardkeep " + words) + "\n" + Escaped(command.get_description()) + "\n";
    AppendOptions(command, out);
    AppendExamples(command, out);
  });
  out +=
      ".SH EXIT STATUS\n0 when the command did what was asked, 1 when it could not, 2 when the command line "
      "or the "
      "configuration is wrong.\n";
  return out;
}

}  // namespace wardkeep::cli
