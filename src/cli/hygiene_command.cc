#include "cli/hygiene_command.h"

#include <cstdio>
#include <string>
#include <utility>

#include "cli/admin_call.h"
#include "cli/failure_text.h"

namespace wardkeep::cli {
namespace {

// Why there is nothing to show.
void PrintNothing(const json::Value& answer) {
  const json::Value* rules = answer.Find("has_rules");
  if (rules != nullptr && rules->AsBool() == true) {
    std::printf("No credential is about to be deactivated: all of them keep the rules.\n");
    return;
  }
  std::printf(
      "The server has no rules, so it deactivates nothing. Start it with a rule such as\n"
      "  --hygiene-accounts '* max-key-age=90d unused-keys=45d unused-passwords=60d notice=7d'\n"
      "or the same under [hygiene] accounts = [...] in its configuration file.\n");
}

void PrintTable(const json::Value& answer) {
  const json::Value* findings = answer.Find("findings");
  if (findings == nullptr || findings->elements().empty()) return PrintNothing(answer);
  std::printf("%-14s%-24s%-24s%-22s%-10s%s\n", "ACCOUNT", "USER", "CREDENTIAL", "DEACTIVATED AFTER",
              "REPORTED", "REASON");
  for (const json::Value& one : findings->elements()) {
    const json::Value* reported = one.Find("reported");
    const std::string key_id = one.TextOf("access_key_id");
    const bool yes = reported != nullptr && reported->AsBool() == true;
    std::printf("%-14s%-24s%-24s%-22s%-10s%s\n", one.TextOf("account_id").c_str(), one.TextOf("user").c_str(),
                key_id.empty() ? "password" : key_id.c_str(), one.TextOf("due").c_str(), yes ? "yes" : "no",
                one.TextOf("reason").c_str());
  }
}

}  // namespace

int RunHygiene(bool as_json, server::SettingValues flags) {
  const auto answer = CallAdministration("GET", "/v1/hygiene", {}, std::move(flags));
  if (!answer) {
    PrintFailure(answer.error());
    return 1;
  }
  if (as_json) {
    PrintAnswer(*answer);
  } else {
    PrintTable(*answer);
  }
  return 0;
}

}  // namespace wardkeep::cli
