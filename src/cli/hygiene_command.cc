#include "cli/hygiene_command.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "cli/failure_text.h"
#include "cli/local_http.h"
#include "json/parse.h"
#include "json/writer.h"
#include "server/configuration_sources.h"

namespace wardkeep::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

Result<json::Value> Ask(server::SettingValues flags) {
  WK_ASSIGN(const auto configuration,
            server::LoadConfiguration(std::move(flags), server::ProcessEnvironment));
  base::HttpRequest request;
  request.method = "GET";
  request.target = "/v1/hygiene";
  WK_ASSIGN(const base::HttpResponse response, CallLocal(configuration.AdminSocketPath(), request));
  auto answer = json::Parse(response.body);
  if (!answer || response.status != 200) {
    return Error(ErrorCode::kInternal, "the server answered with status " + std::to_string(response.status));
  }
  return std::move(*answer);
}

std::string Member(const json::Value& object, std::string_view key, std::string_view otherwise = {}) {
  const json::Value* member = object.Find(key);
  const std::string* text = member == nullptr ? nullptr : member->AsString();
  return text == nullptr ? std::string(otherwise) : *text;
}

void PrintTable(const json::Value& answer) {
  std::printf("%-14s%-24s%-24s%-22s%-10s%s\n", "ACCOUNT", "USER", "CREDENTIAL", "DEACTIVATED AFTER",
              "REPORTED", "REASON");
  const json::Value* findings = answer.Find("findings");
  if (findings == nullptr) return;
  for (const json::Value& one : findings->elements()) {
    const json::Value* reported = one.Find("reported");
    const bool yes = reported != nullptr && reported->AsBool() == true;
    std::printf("%-14s%-24s%-24s%-22s%-10s%s\n", Member(one, "account_id").c_str(),
                Member(one, "user").c_str(), Member(one, "access_key_id", "password").c_str(),
                Member(one, "due").c_str(), yes ? "yes" : "no", Member(one, "reason").c_str());
  }
}

}  // namespace

int RunHygiene(bool as_json, server::SettingValues flags) {
  const auto answer = Ask(std::move(flags));
  if (!answer) {
    PrintFailure(answer.error());
    return 1;
  }
  if (as_json) {
    json::Writer out(json::Layout::kIndented);
    out.Copy(*answer);
    std::printf("%s\n", std::move(out).Take().c_str());
  } else {
    PrintTable(*answer);
  }
  return 0;
}

}  // namespace wardkeep::cli
