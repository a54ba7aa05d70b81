#include "service/iam/delegation_consent.h"

#include <algorithm>
#include <vector>

namespace wardkeep::service::iam {
namespace {

constexpr std::string_view kNobody = "none";
constexpr std::string_view kEverybody = "*";

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    parts.push_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

}  // namespace

bool IsAccountList(std::string_view text) {
  if (text == kNobody || text == kEverybody) return true;
  const std::vector<std::string_view> parts = Split(text);
  return !text.empty() && text.back() != ',' &&
         std::ranges::all_of(parts, [](std::string_view part) { return base::IsAccountId(part); });
}

bool AcceptsDelegationRequests(const entity::Account& owner, const base::AccountId& requestor) {
  if (owner.id == requestor) return true;
  if (owner.closed_at) return false;
  const auto property =
      std::ranges::find(owner.properties, kAcceptFromProperty, &std::pair<std::string, std::string>::first);
  if (property == owner.properties.end()) return false;
  if (property->second == kEverybody) return true;
  const std::vector<std::string_view> named = Split(property->second);
  return std::ranges::find(named, requestor.value()) != named.end();
}

}  // namespace wardkeep::service::iam
