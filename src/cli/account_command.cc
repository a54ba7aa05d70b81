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

void PrintColumn(const json::Value& account, std::string_view key, int width) {
  std::printf("%-*s", width, account.TextOf(key).c_str());
}

void PrintTable(const json::Value& answer) {
  std::printf("%-14s%-22s%-26s%s\n", "ACCOUNT", "CREATED", "NAME", "EMAIL");
  const json::Value* accounts = answer.Find("accounts");
  if (accounts == nullptr) return;
  for (const json::Value& account : accounts->elements()) {
    PrintColumn(account, "account_id", 14);
    if (const std::string damage = account.TextOf("damage"); !damage.empty()) {
      std::printf("%s\n", damage.c_str());
      continue;
    }
    PrintColumn(account, "created", 22);
    PrintColumn(account, "name", 26);
    const std::string closed = account.TextOf("closed");
    std::printf("%s%s\n", account.TextOf("email").c_str(),
                closed.empty() ? "" : ("  closed " + closed).c_str());
  }
}

int Alter(const AccountRequest& request, const std::string& verb, const char* done,
          server::SettingValues flags) {
  const auto answer = CallAdministration("POST", std::string(kAccountsPath) + "/" + request.id + "/" + verb,
                                         {}, std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintAnswer(*answer);
  } else {
    std::printf("account %s is %s\n", answer->TextOf("account_id").c_str(), done);
  }
  return 0;
}

}  // namespace

int RunAccountCreate(const AccountRequest& request, server::SettingValues flags) {
  json::Writer body;
  body.BeginObject().Key("name").String(request.name).Key("email").String(request.email).EndObject();
  const auto answer = CallAdministration("POST", kAccountsPath, std::move(body).Take(), std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintAnswer(*answer);
    return 0;
  }
  std::printf("account            %s\n", answer->TextOf("account_id").c_str());
  std::printf("access key id      %s\n", answer->TextOf("access_key_id").c_str());
  std::printf("secret access key  %s\n", answer->TextOf("secret_access_key").c_str());
  std::printf("root user password %s\n", answer->TextOf("root_password").c_str());
  std::printf("The secret and the password are shown this once.\n");
  return 0;
}

int RunAccountList(const AccountRequest& request, server::SettingValues flags) {
  const auto answer = CallAdministration("GET", kAccountsPath, {}, std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintAnswer(*answer);
  } else {
    PrintTable(*answer);
  }
  return 0;
}

int RunAccountClose(const AccountRequest& request, server::SettingValues flags) {
  return Alter(request, "close", "closed", std::move(flags));
}

int RunAccountRestore(const AccountRequest& request, server::SettingValues flags) {
  return Alter(request, "restore", "restored", std::move(flags));
}

int RunAccountPurge(const AccountRequest& request, server::SettingValues flags) {
  return Alter(request, "purge", "purged", std::move(flags));
}

int RunAccountResetAdmin(const AccountRequest& request, server::SettingValues flags) {
  const auto answer = CallAdministration(
      "POST", std::string(kAccountsPath) + "/" + request.id + "/reset-admin", {}, std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintAnswer(*answer);
    return 0;
  }
  const json::Value* replaced = answer->Find("replaced_keys");
  const auto count = replaced == nullptr ? std::nullopt : replaced->AsInt64();
  std::printf("user               %s\n", answer->TextOf("user").c_str());
  std::printf("access key id      %s\n", answer->TextOf("access_key_id").c_str());
  std::printf("secret access key  %s\n", answer->TextOf("secret_access_key").c_str());
  std::printf(
      "The secret is shown this once. Earlier keys of the user that were active and are no longer: %lld.\n",
      static_cast<long long>(count.value_or(0)));
  return 0;
}

int RunAccountSignins(const AccountRequest& request, server::SettingValues flags) {
  const auto answer = CallAdministration("GET", std::string(kAccountsPath) + "/" + request.id + "/signins",
                                         {}, std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintAnswer(*answer);
    return 0;
  }
  std::printf("%-22s%-18s%-11s%-18s%-50s%s\n", "TIME", "EVENT", "OUTCOME", "SOURCE", "PRINCIPAL", "REASON");
  const json::Value* signins = answer->Find("signins");
  if (signins == nullptr) return 0;
  for (const json::Value& signin : signins->elements()) {
    PrintColumn(signin, "time", 22);
    PrintColumn(signin, "event", 18);
    PrintColumn(signin, "outcome", 11);
    PrintColumn(signin, "source", 18);
    PrintColumn(signin, "arn", 50);
    std::printf("%s\n", signin.TextOf("reason").c_str());
  }
  return 0;
}

}  // namespace wardkeep::cli
