#include "cli/admin_call.h"

#include <cstdio>
#include <utility>

#include "cli/local_http.h"
#include "json/parse.h"
#include "json/writer.h"
#include "server/configuration_sources.h"

namespace wardkeep::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

Result<std::string> FindSocket(server::SettingValues flags) {
  WK_ASSIGN(const auto configuration,
            server::LoadConfiguration(std::move(flags), server::ProcessEnvironment));
  std::string path = configuration.AdminSocketPath();
  if (path.empty())
    return Error(ErrorCode::kInvalid, "a server without data has no default socket: give --admin-socket");
  return path;
}

}  // namespace

void PrintAnswer(const json::Value& answer) {
  json::Writer out(json::Layout::kIndented);
  out.Copy(answer);
  std::printf("%s\n", std::move(out).Take().c_str());
}

Result<json::Value> CallAdministration(std::string_view method, std::string_view path,
                                       const std::string& body, server::SettingValues flags,
                                       Patience patience) {
  WK_ASSIGN(const std::string socket, FindSocket(std::move(flags)));
  base::HttpRequest request;
  request.method = std::string(method);
  request.target = std::string(path);
  request.body = body;
  WK_ASSIGN(const base::HttpResponse response, CallLocal(socket, request, patience));
  auto answer = json::Parse(response.body);
  if (!answer) {
    return Error(ErrorCode::kInternal, "the server answered with status " + std::to_string(response.status));
  }
  if (response.status >= 300) {
    const json::Value* error = answer->Find("error");
    return Error(ErrorCode::kInvalid, error == nullptr ? "the server refused" : error->TextOf("message"));
  }
  return std::move(*answer);
}

}  // namespace wardkeep::cli
