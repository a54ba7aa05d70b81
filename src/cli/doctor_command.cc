#include "cli/doctor_command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "cli/failure_text.h"
#include "doctor/checks.h"
#include "json/writer.h"
#include "server/configuration_sources.h"

namespace wardkeep::cli {
namespace {

std::vector<std::string> EnvironmentTexts() {
  std::vector<std::string> texts;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    texts.emplace_back(*variable);
  return texts;
}

void PrintText(const doctor::Findings& findings) {
  for (const doctor::Finding& finding : findings) {
    const std::string level(doctor::LevelName(finding.level));
    std::printf("%-8s %-14s %s\n", level.c_str(), finding.subject.c_str(), finding.text.c_str());
    if (!finding.advice.empty()) std::printf("%24s%s\n", "", finding.advice.c_str());
  }
}

void PrintJson(const doctor::Findings& findings) {
  json::Writer out(json::Layout::kIndented);
  out.BeginObject().Key("findings").BeginArray();
  for (const doctor::Finding& finding : findings) {
    out.BeginObject().Key("level").String(doctor::LevelName(finding.level));
    out.Key("subject").String(finding.subject).Key("text").String(finding.text);
    out.Key("advice").String(finding.advice).EndObject();
  }
  out.EndArray().EndObject();
  std::printf("%s\n", std::move(out).Take().c_str());
}

}  // namespace

int RunDoctor(bool as_json, server::SettingValues flags) {
  const auto configuration = server::LoadConfiguration(std::move(flags), server::ProcessEnvironment);
  if (!configuration) {
    PrintFailure(configuration.error());
    return 2;
  }
  const doctor::Findings findings =
      doctor::CheckAll(*configuration, EnvironmentTexts(), base::SystemClock().Now());
  as_json ? PrintJson(findings) : PrintText(findings);
  const auto problems = std::count_if(findings.begin(), findings.end(), [](const doctor::Finding& finding) {
    return finding.level == doctor::Level::kProblem;
  });
  if (!as_json) {
    std::printf("\n%s\n", problems == 0 ? "Nothing keeps the server from working."
                                        : "What is marked as a problem keeps the server from working.");
  }
  return problems == 0 ? 0 : 1;
}

}  // namespace wardkeep::cli
