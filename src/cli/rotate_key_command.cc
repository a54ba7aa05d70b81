#include "cli/rotate_key_command.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

#include "base/percent.h"
#include "base/period.h"
#include "cli/failure_text.h"
#include "cli/query_key_service.h"
#include "rotation/private_file.h"
#include "rotation/rotate.h"

namespace wardkeep::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::array<std::string_view, 9> kPoints = {"planned",      "answered",    "created",
                                                     "verified",     "replaced",    "written",
                                                     "switched-off", "deactivated", "deleted"};
constexpr std::chrono::seconds kLongestGrace = std::chrono::days(366);

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::optional<std::chrono::seconds> ParseGrace(std::string_view text) {
  if (text == "0") return std::chrono::seconds(0);
  return base::ParsePeriod(text, kLongestGrace);
}

Result<std::string> CredentialsPath(const std::string& given) {
  if (!given.empty()) return given;
  std::string path = Environment("AWS_SHARED_CREDENTIALS_FILE");
  if (!path.empty()) return path;
  const std::string home = Environment("HOME");
  if (home.empty()) return Error(ErrorCode::kInvalid, "HOME is not set: give --credentials-file");
  return home + "/.aws/credentials";
}

Result<rotation::RotationOrder> ReadOrder(const RotateKeyRequest& request) {
  rotation::RotationOrder order;
  order.profile = request.profile;
  WK_ASSIGN(order.credentials_path, CredentialsPath(request.credentials_file));
  // Beside the credentials, so that it is found again from the same place.
  order.state_path =
      order.credentials_path + ".wardkeep-rotation-" + base::PercentEncode(request.profile) + ".json";
  order.endpoint = request.endpoint_url.empty() ? Environment("AWS_ENDPOINT_URL") : request.endpoint_url;
  while (order.endpoint.ends_with('/')) order.endpoint.pop_back();
  const bool web = order.endpoint.starts_with("http://") || order.endpoint.starts_with("https://");
  if (!order.endpoint.empty() && !web) {
    return Error(ErrorCode::kInvalid, "the endpoint `" + order.endpoint + "` is no http:// or https:// URL");
  }
  const auto grace = ParseGrace(request.grace);
  if (!grace) {
    return Error(ErrorCode::kInvalid,
                 "`" + request.grace + "` is no period of at most 366 days, such as 24h or 7d");
  }
  order.grace = *grace;
  if (!request.stop_after.empty() &&
      std::find(kPoints.begin(), kPoints.end(), request.stop_after) == kPoints.end()) {
    return Error(ErrorCode::kInvalid, "--stop-after knows " + RotationPoints());
  }
  return order;
}

rotation::RotationHooks HooksOf(const RotateKeyRequest& request) {
  rotation::RotationHooks hooks;
  hooks.report = [](const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  };
  hooks.reached = [stop_after = request.stop_after](std::string_view point) {
    if (point == stop_after) ::kill(::getpid(), SIGKILL);
  };
  hooks.sleep_for = [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); };
  return hooks;
}

Result<rotation::Outcome> Rotate(const rotation::RotationOrder& order, const RotateKeyRequest& request) {
  WK_ASSIGN(const rotation::FolderLock lock, rotation::FolderLock::Take(order.credentials_path));
  const base::SystemClock clock;
  QueryKeyService service(order.endpoint, clock);
  rotation::Rotation rotation(order, service, clock, HooksOf(request));
  if (!request.forget) return rotation.Run();
  WK_TRY(rotation.Forget());
  return rotation::Outcome::kFinished;
}

}  // namespace

std::string RotationPoints() {
  std::string points;
  for (const std::string_view point : kPoints) points.append(points.empty() ? "" : ", ").append(point);
  return points;
}

int RunRotateKey(const RotateKeyRequest& request) {
  const auto order = ReadOrder(request);
  if (!order) {
    PrintFailure(order.error());
    return 2;
  }
  const auto outcome = Rotate(*order, request);
  if (outcome) return 0;
  PrintFailure(outcome.error());
  return 1;
}

}  // namespace wardkeep::cli
