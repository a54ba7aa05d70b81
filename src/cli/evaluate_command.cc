#include "cli/evaluate_command.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "cli/read_file.h"
#include "evaluate_format/line.h"

namespace wardkeep::cli {
namespace {

constexpr int kUnusableLine = 2;
constexpr int kFileTrouble = 1;

// The buffer of getline(3).
class LineReader {
 public:
  LineReader() = default;
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;
  ~LineReader() { std::free(buffer_); }

  bool Next(std::FILE* file, std::string_view& line) {
    const ssize_t length = getline(&buffer_, &capacity_, file);
    if (length < 0) return false;
    line = {buffer_, static_cast<std::size_t>(length)};
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    return true;
  }

 private:
  char* buffer_ = nullptr;
  std::size_t capacity_ = 0;
};

void Complain(const std::string& file, const char* what) {
  std::fprintf(stderr, "wardkeep evaluate: %s: %s: %s\n", file.c_str(), what, std::strerror(errno));
}

// Answers all lines of a file; false if one could not be used.
bool AnswerLines(std::FILE* in, bool explain, std::FILE* out) {
  LineReader reader;
  bool all_usable = true;
  std::size_t number = 0;
  for (std::string_view line; reader.Next(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    bool usable = true;
    const std::string answer = evaluate_format::EvaluateLine(line, number, explain, &usable) + "\n";
    std::fwrite(answer.data(), 1, answer.size(), out);
    all_usable = all_usable && usable;
  }
  return all_usable;
}

// Worse of two exit statuses: trouble with files hides unusable lines.
int Worse(int a, int b) {
  return a == kFileTrouble || b == kFileTrouble ? kFileTrouble : a | b;
}

int AnswerFile(const std::string& name, bool explain, std::FILE* out) {
  const OwnedFile file(std::fopen(name.c_str(), "re"));
  if (!file) {
    Complain(name, "cannot open");
    return kFileTrouble;
  }
  const int status = AnswerLines(file.get(), explain, out) ? 0 : kUnusableLine;
  if (std::ferror(file.get()) == 0) return status;
  Complain(name, "cannot read");
  return kFileTrouble;
}

}  // namespace

int RunEvaluate(std::span<const std::string> files, bool explain, std::FILE* in, std::FILE* out) {
  int status = 0;
  for (const std::string& name : files) status = Worse(status, AnswerFile(name, explain, out));
  if (files.empty()) {
    status = AnswerLines(in, explain, out) ? 0 : kUnusableLine;
    if (std::ferror(in) != 0) {
      Complain("standard input", "cannot read");
      status = kFileTrouble;
    }
  }
  if (std::fflush(out) != 0 || std::ferror(out) != 0) {
    Complain("standard output", "cannot write");
    status = kFileTrouble;
  }
  return status;
}

}  // namespace wardkeep::cli
