#include "cli/database_command.h"

#include <cstdio>
#include <span>
#include <string>
#include <utility>

#include "cli/admin_call.h"
#include "cli/failure_text.h"
#include "json/parse.h"
#include "server/configuration_sources.h"
#include "server/store_access.h"
#include "server/store_report.h"

namespace wardkeep::cli {
namespace {

base::Result<json::Value> VerifyFolder(server::SettingValues flags) {
  WK_ASSIGN(const auto configuration,
            server::LoadConfiguration(std::move(flags), server::ProcessEnvironment));
  snapshot::StoreReport report;
  auto store = server::OpenStoreReadOnly(configuration);
  if (store) {
    WK_ASSIGN(report, snapshot::VerifyStore(**store, [] { return true; }));
  } else if (store.error().code == base::ErrorCode::kCorrupt) {
    report.findings.push_back({"", store.error().ToString()});
  } else {
    return store.error();
  }
  json::Writer out;
  server::WriteStoreReport(report, out);
  auto answer = json::Parse(std::move(out).Take());
  if (!answer) return base::Error(base::ErrorCode::kInternal, "the report is no JSON");
  return *std::move(answer);
}

int64_t NumberOf(const json::Value& answer, std::string_view key) {
  const json::Value* member = answer.Find(key);
  return member == nullptr ? 0 : member->AsInt64().value_or(0);
}

void PrintText(const json::Value& answer, std::span<const json::Value> findings) {
  std::printf("%lld accounts, %lld documents\n", static_cast<long long>(NumberOf(answer, "accounts")),
              static_cast<long long>(NumberOf(answer, "documents")));
  for (const json::Value& finding : findings) {
    const std::string account = finding.TextOf("account");
    std::printf("%-14s%s\n", account.empty() ? "database" : account.c_str(), finding.TextOf("what").c_str());
  }
  std::printf("%s\n", findings.empty() ? "Everything is as it was stored." : answer.TextOf("next").c_str());
}

}  // namespace

int RunDatabaseVerify(const VerifyRequest& request, server::SettingValues flags) {
  const auto answer = request.online ? CallAdministration("POST", "/v1/database/verify", {}, std::move(flags),
                                                          Patience::kLong)
                                     : VerifyFolder(std::move(flags));
  if (!answer) {
    PrintFailure(answer.error());
    return 2;
  }
  const json::Value* found = answer->Find("findings");
  const auto findings = found == nullptr ? std::span<const json::Value>() : found->elements();
  if (request.as_json) {
    PrintAnswer(*answer);
  } else {
    PrintText(*answer, findings);
  }
  return findings.empty() ? 0 : 1;
}

}  // namespace wardkeep::cli
