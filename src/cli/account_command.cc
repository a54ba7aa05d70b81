#include "cli/account_command.h"

#include <cstdio>
#include <string_view>
#include <utility>

#include "cli/admin_call.h"
#include "cli/failure_text.h"
#include "json/writer.h"

namespace wardkeep::cli {
namespace {

using base::Error;

constexpr std::string_view kAccountsPath = "/v1/accounts";

int Fail(const Error& error) {
  PrintFailure(error);
  return 1;
}

void PrintJson(const json::Value& answer) {
  json::Writer out(json::Layout::kIndented);
  out.Copy(answer);
  std::printf("%s\n", std::move(out).Take().c_str());
}

void PrintColumn(const json::Value& account, std::string_view key, int width) {
  std::printf("%-*s", width, TextMember(account, key).c_str());
}

void PrintTable(const json::Value& answer) {
  std::printf("%-14s%-22s%-26s%s\n", "ACCOUNT", "CREATED", "NAME", "EMAIL");
  const json::Value* accounts = answer.Find("accounts");
  if (accounts == nullptr) return;
  for (const json::Value& account : accounts->elements()) {
    PrintColumn(account, "account_id", 14);
    PrintColumn(account, "created", 22);
    PrintColumn(account, "name", 26);
    std::printf("%s\n", TextMember(account, "email").c_str());
  }
}

}  // namespace

int RunAccountCreate(const AccountRequest& request, server::SettingValues flags) {
  json::Writer body;
  body.BeginObject().Key("name").String(request.name).Key("email").String(request.email).EndObject();
  const auto answer = CallAdministration("POST", kAccountsPath, std::move(body).Take(), std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintJson(*answer);
    return 0;
  }
  std::printf("account            %s\n", TextMember(*answer, "account_id").c_str());
  std::printf("access key id      %s\n", TextMember(*answer, "access_key_id").c_str());
  std::printf("secret access key  %s\n", TextMember(*answer, "secret_access_key").c_str());
  std::printf("The secret is shown this once.\n");
  return 0;
}

int RunAccountList(const AccountRequest& request, server::SettingValues flags) {
  const auto answer = CallAdministration("GET", kAccountsPath, {}, std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintJson(*answer);
  } else {
    PrintTable(*answer);
  }
  return 0;
}

}  // namespace wardkeep::cli
