#include "policy/parse/resource_format.h"

#include <algorithm>
#include <array>
#include <span>

#include "policy/match/arn_text.h"

namespace wardkeep::policy {
namespace {

bool Has(const ArnText& arn, std::size_t component) {
  return component < arn.count;
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

std::string PartitionComplaint(const ArnText& arn) {
  std::string message = "Partition \"" + std::string(arn.component(1)) + "\" is not valid for resource \"arn";
  for (std::size_t i = 1; i < ArnText::kComponents; ++i) {
    message += ':';
    message += Has(arn, i) ? arn.component(i) : "*";
  }
  return message + "\".";
}

}  // namespace

std::optional<std::string> ResourceFormComplaint(std::string_view resource, std::string_view partition) {
  if (resource == "*") return std::nullopt;
  const ArnText arn = SplitArn(resource);
  if (arn.count < 2) return "Resource " + std::string(resource) + " must be in ARN format or \"*\".";
  if (arn.component(1) != "*" && arn.component(1) != partition) return PartitionComplaint(arn);
  if (!Has(arn, 2)) return "Resource vendor must be fully qualified and cannot contain regexes.";
  const std::string_view service = arn.component(2);
  const bool has_region = Has(arn, 3) && !arn.component(3).empty();
  if (service == "iam" && has_region) {
    return "IAM resource " + std::string(resource) + " cannot contain region information.";
  }
  if (service == "s3" && has_region && !StartsWithAny(arn.component(5), kRegionalS3Paths)) {
    return "Resource " + std::string(resource) + " can not contain region information.";
  }
  if (service == "iam" && Has(arn, 5) && !IsIamPath(arn.component(5))) return IamPathComplaint();
  return std::nullopt;
}

bool FailsLegacyParsing(std::string_view resource) {
  if (resource == "*") return false;
  const ArnText arn = SplitArn(resource);
  if (arn.count < ArnText::kComponents && resource.find("::") != std::string_view::npos) return true;
  return Has(arn, 2) && arn.component(2).empty();
}

}  // namespace wardkeep::policy
