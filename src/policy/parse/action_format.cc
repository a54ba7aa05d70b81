#include "policy/parse/action_format.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace wardkeep::policy {
namespace {

bool IsVendorCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// Glob over a short name, ignoring ASCII case; at most pattern length times name length steps.
bool MatchesName(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || base::AsciiLower(pattern[p]) == base::AsciiLower(name[n]))) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_name;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
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
  constexpr std::array<std::string_view, 6> kNames = {
      "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity",
      "TagSession", "SetSourceIdentity",  "SetContext"};
  constexpr std::string_view kPrefix = "sts:";
  if (!base::EqualsIgnoreAsciiCase(action.substr(0, kPrefix.size()), kPrefix)) return false;
  const std::string_view pattern = action.substr(kPrefix.size());
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return MatchesName(pattern, name); });
}

}  // namespace wardkeep::policy
