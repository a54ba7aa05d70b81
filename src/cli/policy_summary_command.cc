#include "cli/policy_summary_command.h"

#include <cerrno>
#include <cstring>
#include <optional>

#include "cli/policy_summary_text.h"
#include "cli/read_file.h"
#include "wardkeep/parse.h"

namespace wardkeep::cli {
namespace {

constexpr int kNoPolicy = 2;
constexpr int kFileTrouble = 1;
constexpr std::size_t kMaxBytes = std::size_t{4} << 20;  // ParseDocument takes a million characters

int Complain(const std::string& file, const char* what) {
  std::fprintf(stderr, "wardkeep policy summary: %s: %s: %s\n", file.c_str(), what, std::strerror(errno));
  return kFileTrouble;
}

}  // namespace

int RunPolicySummary(const std::string& file, bool as_json, std::FILE* in, std::FILE* out) {
  const std::optional<std::string> text = file == "-" ? ReadRest(in, kMaxBytes) : ReadFile(file, kMaxBytes);
  if (!text) return Complain(file, "cannot read");
  const policy::ParseOutcome parsed = policy::ParseDocument(*text, policy::DocumentKind::kIdentity);
  if (parsed.error) {
    std::fprintf(stderr, "wardkeep policy summary: %s:%u:%u: %s: %s\n", file.c_str(),
                 parsed.error->position.line, parsed.error->position.column, parsed.error->code.c_str(),
                 parsed.error->message.c_str());
    return kNoPolicy;
  }
  const analysis::PolicySummary summary = analysis::Summarize(*parsed.document);
  const std::string printed = as_json ? PolicySummaryJson(summary) : PolicySummaryText(summary);
  std::fwrite(printed.data(), 1, printed.size(), out);
  if (std::fflush(out) != 0 || std::ferror(out) != 0) return Complain("standard output", "cannot write");
  return 0;
}

}  // namespace wardkeep::cli
