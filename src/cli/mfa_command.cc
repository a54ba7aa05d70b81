#include "cli/mfa_command.h"

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

#include "cli/admin_call.h"
#include "cli/failure_text.h"
#include "json/writer.h"

namespace wardkeep::cli {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kLargestFile = 4 * 1024 * 1024;

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

base::Result<std::string> ReadFile(const std::string& name) {
  const std::unique_ptr<std::FILE, CloseFile> file(name == "-" ? stdin : std::fopen(name.c_str(), "rb"));
  if (file == nullptr) return Error(ErrorCode::kNotFound, "cannot open " + name);
  std::string text;
  std::array<char, 65536> piece;
  for (std::size_t got = 1; got > 0 && text.size() <= kLargestFile;) {
    got = std::fread(piece.data(), 1, piece.size(), file.get());
    text.append(piece.data(), got);
  }
  if (std::ferror(file.get()) != 0) return Error(ErrorCode::kUnavailable, "cannot read " + name);
  if (text.size() > kLargestFile) return Error(ErrorCode::kInvalid, name + " is larger than 4 MiB");
  return text;
}

}  // namespace

int RunImportSeeds(const ImportSeedsRequest& request, server::SettingValues flags) {
  const auto fail = [](const Error& error) {
    PrintFailure(error);
    return 1;
  };
  const auto text = ReadFile(request.file);
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
