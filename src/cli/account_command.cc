#include "cli/account_command.h"

#include <cstdio>
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

constexpr std::string_view kAccountsPath = "/v1/accounts";

Result<std::string> FindSocket(server::SettingValues flags) {
  WK_ASSIGN(const auto configuration,
            server::LoadConfiguration(std::move(flags), server::ProcessEnvironment));
  std::string path = configuration.AdminSocketPath();
  if (path.empty())
    return Error(ErrorCode::kInvalid, "a server without data has no default socket: give --admin-socket");
  return path;
}

std::string Member(const json::Value& object, std::string_view key) {
  const json::Value* member = object.Find(key);
  const std::string* text = member == nullptr ? nullptr : member->AsString();
  return text == nullptr ? std::string() : *text;
}

// The answer, once it is one that means success.
Result<json::Value> Call(const std::string& method, const std::string& body, server::SettingValues flags) {
  WK_ASSIGN(const std::string socket, FindSocket(std::move(flags)));
  base::HttpRequest request;
  request.method = method;
  request.target = kAccountsPath;
  request.body = body;
  WK_ASSIGN(const base::HttpResponse response, CallLocal(socket, request));
  auto answer = json::Parse(response.body);
  if (!answer) {
    return Error(ErrorCode::kInternal, "the server answered with status " + std::to_string(response.status));
  }
  if (response.status >= 300) {
    const json::Value* error = answer->Find("error");
    return Error(ErrorCode::kInvalid, error == nullptr ? "the server refused" : Member(*error, "message"));
  }
  return std::move(*answer);
}

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
  std::printf("%-*s", width, Member(account, key).c_str());
}

void PrintTable(const json::Value& answer) {
  std::printf("%-14s%-22s%-26s%s\n", "ACCOUNT", "CREATED", "NAME", "EMAIL");
  const json::Value* accounts = answer.Find("accounts");
  if (accounts == nullptr) return;
  for (const json::Value& account : accounts->elements()) {
    PrintColumn(account, "account_id", 14);
    PrintColumn(account, "created", 22);
    PrintColumn(account, "name", 26);
    std::printf("%s\n", Member(account, "email").c_str());
  }
}

}  // namespace

int RunAccountCreate(const AccountRequest& request, server::SettingValues flags) {
  json::Writer body;
  body.BeginObject().Key("name").String(request.name).Key("email").String(request.email).EndObject();
  const auto answer = Call("POST", std::move(body).Take(), std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintJson(*answer);
    return 0;
  }
  std::printf("account            %s\n", Member(*answer, "account_id").c_str());
  std::printf("access key id      %s\n", Member(*answer, "access_key_id").c_str());
  std::printf("secret access key  %s\n", Member(*answer, "secret_access_key").c_str());
  std::printf("The secret is shown this once.\n");
  return 0;
}

int RunAccountList(const AccountRequest& request, server::SettingValues flags) {
  const auto answer = Call("GET", {}, std::move(flags));
  if (!answer) return Fail(answer.error());
  if (request.output == AccountOutput::kJson) {
    PrintJson(*answer);
  } else {
    PrintTable(*answer);
  }
  return 0;
}

}  // namespace wardkeep::cli
