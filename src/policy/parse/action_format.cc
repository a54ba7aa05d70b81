#include "policy/parse/action_format.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "policy/match/action_pattern.h"

namespace wardkeep::policy {
namespace {

bool IsVendorCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

}  // namespace

std::optional<std::string> ActionFormComplaint(std::string_view action) {
  if (action == "*") return std::nullopt;
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) {
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  }
  if (action.find(':', colon + 1) != std::string_view::npos) {
    return "Actions/Condition can contain only one colon.";
  }
  const std::string_view vendor = action.substr(0, colon);
  if (vendor != "*" && !std::all_of(vendor.begin(), vendor.end(), IsVendorCharacter)) {
    return "Vendor " + std::string(vendor) + " is not valid";
  }
  return std::nullopt;
}

bool IsTrustPolicyAction(std::string_view action) {
  constexpr std::array<std::string_view, 6> kActions = {
      "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity",
      "sts:tagsession", "sts:setsourceidentity",  "sts:setcontext"};
  constexpr std::string_view kPrefix = "sts:";
  if (!base::EqualsIgnoreAsciiCase(action.substr(0, kPrefix.size()), kPrefix)) return false;
  Arena arena(256);
  const ActionPattern pattern = MakeActionPattern(action, arena);
  return std::any_of(kActions.begin(), kActions.end(),
                     [&](std::string_view folded) { return MatchesAction(pattern, folded); });
}

}  // namespace wardkeep::policy
