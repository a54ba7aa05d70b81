#include "cli/mfa_command.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "cli/admin_call.h"
#include "cli/failure_text.h"
#include "cli/read_file.h"
#include "json/writer.h"

namespace wardkeep::cli {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kLargestFile = 4 * 1024 * 1024;

base::Result<std::string> ReadSeeds(const std::string& name) {
  auto text = name == "-" ? ReadRest(stdin, kLargestFile) : ReadFile(name, kLargestFile);
  if (!text) return Error(ErrorCode::kUnavailable, "cannot read " + name, std::strerror(errno));
  if (text->size() > kLargestFile) return Error(ErrorCode::kInvalid, name + " is larger than 4 MiB");
  return *std::move(text);
}

}  // namespace

int RunImportSeeds(const ImportSeedsRequest& request, server::SettingValues flags) {
  const auto fail = [](const Error& error) {
    PrintFailure(error);
    return 1;
  };
  const auto text = ReadSeeds(request.file);
  if (!text) return fail(text.error());
  json::Writer body;
  body.BeginObject().Key("account_id").String(request.account_id).Key("csv").String(*text).EndObject();
  const auto answer = CallAdministration("POST", "/v1/mfa-seeds", std::move(body).Take(), std::move(flags));
  if (!answer) return fail(answer.error());
  const json::Value* count = answer->Find("tokens");
  const auto tokens = count == nullptr ? std::nullopt : count->AsInt64();
  std::printf("%lld tokens imported into account %s\n", static_cast<long long>(tokens.value_or(0)),
              request.account_id.c_str());
  return 0;
}

}  // namespace wardkeep::cli
