#include "catalog/service_linked_roles.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/assert.h"

extern "C" {
extern const char kServiceLinkedRoleData[];
extern const char kServiceLinkedRoleDataEnd[];
}

namespace wardkeep::catalog {
namespace {

// Cuts the text up to the next `end` off `rest`.
std::string_view TakeUntil(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

ServiceLinkedRoleFacts ReadLine(std::string_view line) {
  ServiceLinkedRoleFacts facts;
  facts.service = TakeUntil(line, ' ');
  facts.role_name = TakeUntil(line, ' ');
  std::string_view policies = TakeUntil(line, ' ');
  while (!policies.empty()) facts.policies.push_back(TakeUntil(policies, ','));
  facts.custom_suffix = TakeUntil(line, ' ') == "yes";
  facts.confidence = line;
  WK_ASSERT(!facts.confidence.empty());
  return facts;
}

std::vector<ServiceLinkedRoleFacts> ReadTable() {
  std::string_view rest(kServiceLinkedRoleData,
                        static_cast<std::size_t>(kServiceLinkedRoleDataEnd - kServiceLinkedRoleData));
  std::vector<ServiceLinkedRoleFacts> table;
  while (!rest.empty()) {
    const std::string_view line = TakeUntil(rest, '\n');
    if (!line.empty() && !line.starts_with('#')) table.push_back(ReadLine(line));
  }
  return table;
}

// "my-thing.amazonaws.com" becomes "MyThing", "part.my-thing.amazonaws.com" "Part_MyThing".
std::string DerivedName(std::string_view service) {
  std::string name = "AWSServiceRoleFor";
  bool upper = true;
  for (const char c : service.substr(0, service.rfind(".amazonaws.com"))) {
    if (c == '.') name += '_';
    if (c != '.' && c != '-') name += upper ? base::AsciiUpper(c) : c;
    upper = c == '.' || c == '-';
  }
  return name;
}

}  // namespace

std::span<const ServiceLinkedRoleFacts> ServiceLinkedRoles() {
  static const std::vector<ServiceLinkedRoleFacts> table = ReadTable();
  return table;
}

const ServiceLinkedRoleFacts* FindServiceLinkedRole(std::string_view service) {
  const auto table = ServiceLinkedRoles();
  const auto it = std::ranges::lower_bound(table, service, {}, &ServiceLinkedRoleFacts::service);
  return it != table.end() && it->service == service ? &*it : nullptr;
}

std::string ServiceLinkedRoleName(std::string_view service, std::string_view custom_suffix) {
  const ServiceLinkedRoleFacts* facts = FindServiceLinkedRole(service);
  std::string name = facts == nullptr ? DerivedName(service) : std::string(facts->role_name);
  if (!custom_suffix.empty()) name += "_" + std::string(custom_suffix);
  return name;
}

bool IsServicePrincipal(std::string_view service) {
  const bool known_ending = service.ends_with(".amazonaws.com") || service.ends_with(".amazonaws.com.cn");
  if (!known_ending || service.size() > 128 || service.front() == '.') return false;
  return std::all_of(service.begin(), service.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

}  // namespace wardkeep::catalog
