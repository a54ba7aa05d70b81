#include "policy/parse/resource_format.h"

#include <algorithm>
#include <array>
#include <span>

namespace wardkeep::policy {
namespace {

constexpr std::size_t kComponents = 6;

struct Arn {
  std::array<std::string_view, kComponents> part;
  std::size_t count = 0;

  bool Has(std::size_t i) const { return i < count; }
};

Arn Split(std::string_view text) {
  Arn arn;
  while (arn.count < kComponents) {
    const std::size_t colon = arn.count + 1 < kComponents ? text.find(':') : std::string_view::npos;
    arn.part[arn.count++] = text.substr(0, colon);
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  return arn;
}

// What the resource part of an IAM ARN may start with; in the order of AWS's message.
constexpr std::array<std::string_view, 13> kIamPaths = {"user/",
                                                        "federated-user/",
                                                        "role/",
                                                        "group/",
                                                        "instance-profile/",
                                                        "mfa/",
                                                        "server-certificate/",
                                                        "policy/",
                                                        "sms-mfa/",
                                                        "saml-provider/",
                                                        "oidc-provider/",
                                                        "report/",
                                                        "access-report/"};

std::string IamPathComplaint() {
  std::string message = "IAM resource path must either be \"*\" or start with ";
  for (const std::string_view path : kIamPaths) {
    message += path;
    message += path == kIamPaths.back() ? "." : ", ";
  }
  return message;
}

// What the resource part of an S3 ARN with a region may start with. AWS's message knows only of access
// points; the others are later resource types, and AWS's own managed policies name some of them.
constexpr std::array<std::string_view, 6> kRegionalS3Paths = {
    "accesspoint/", "access-grants/", "job/", "storage-lens/", "storage-lens-group/", "async-request/"};

bool StartsWithAny(std::string_view text, std::span<const std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view p) { return text.starts_with(p); });
}

// `root` is not in AWS's message but in the documented policies for AssumeRoot.
bool IsIamPath(std::string_view path) {
  return path == "*" || path == "root" ||
         std::any_of(kIamPaths.begin(), kIamPaths.end(),
                     [&](std::string_view p) { return path.starts_with(p); });
}

std::string PartitionComplaint(const Arn& arn) {
  std::string message = "Partition \"" + std::string(arn.part[1]) + "\" is not valid for resource \"arn";
  for (std::size_t i = 1; i < kComponents; ++i) {
    message += ':';
    message += arn.Has(i) ? arn.part[i] : "*";
  }
  return message + "\".";
}

}  // namespace

std::optional<std::string> ResourceFormComplaint(std::string_view resource, std::string_view partition) {
  if (resource == "*") return std::nullopt;
  const Arn arn = Split(resource);
  if (arn.count < 2) return "Resource " + std::string(resource) + " must be in ARN format or \"*\".";
  if (arn.part[1] != "*" && arn.part[1] != partition) return PartitionComplaint(arn);
  if (!arn.Has(2)) return "Resource vendor must be fully qualified and cannot contain regexes.";
  const std::string_view service = arn.part[2];
  const bool has_region = arn.Has(3) && !arn.part[3].empty();
  if (service == "iam" && has_region) {
    return "IAM resource " + std::string(resource) + " cannot contain region information.";
  }
  if (service == "s3" && has_region && !StartsWithAny(arn.part[5], kRegionalS3Paths)) {
    return "Resource " + std::string(resource) + " can not contain region information.";
  }
  if (service == "iam" && arn.Has(5) && !IsIamPath(arn.part[5])) return IamPathComplaint();
  return std::nullopt;
}

bool FailsLegacyParsing(std::string_view resource) {
  if (resource == "*") return false;
  const Arn arn = Split(resource);
  if (arn.count < kComponents && resource.find("::") != std::string_view::npos) return true;
  return arn.Has(2) && arn.part[2].empty();
}

int ArnComponentCount(std::string_view text) {
  return static_cast<int>(Split(text).count);
}

}  // namespace wardkeep::policy
