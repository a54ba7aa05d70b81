#include "cli/command_line.h"

int main(int argc, char** argv) {
  return wardkeep::cli::RunCommandLine(argc, argv);
}
