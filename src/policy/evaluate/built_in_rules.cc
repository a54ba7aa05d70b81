#include "policy/evaluate/built_in_rules.h"

#include <algorithm>

namespace wardkeep::policy {
namespace {

// iam: actions that change a managed policy, in lower case.
constexpr std::string_view kPolicyChanges[] = {
    "createpolicyversion",     "deletepolicy", "deletepolicyversion",
    "setdefaultpolicyversion", "tagpolicy",    "untagpolicy",
};

// iam: actions that change or pass a role, in lower case.
constexpr std::string_view kRoleChanges[] = {
    "attachrolepolicy",
    "deleterole",
    "deleterolepermissionsboundary",
    "deleterolepolicy",
    "detachrolepolicy",
    "passrole",
    "putrolepermissionsboundary",
    "putrolepolicy",
    "tagrole",
    "untagrole",
    "updateassumerolepolicy",
    "updaterole",
    "updateroledescription",
};

template <typename Table>
bool Holds(const Table& table, std::string_view name) {
  return std::find(std::begin(table), std::end(table), name) != std::end(table);
}

bool ChangesManagedPolicy(std::string_view name, const ArnText& resource) {
  return resource.account() == "aws" && resource.resource().starts_with("policy/") &&
         Holds(kPolicyChanges, name);
}

bool ChangesReservedRole(std::string_view name, const ArnText& resource) {
  return resource.resource().starts_with("role/aws-reserved/") && Holds(kRoleChanges, name);
}

}  // namespace

bool IsUndeniable(const RequestFacts& facts) {
  return facts.action() == "sts:getcalleridentity";
}

bool IsDeniedByRule(const RequestFacts& facts) {
  if (facts.is_trust()) return facts.principal().kind == PrincipalKind::kRoot;
  constexpr std::string_view kIam = "iam:";
  const ArnText& resource = facts.resource();
  if (!facts.action().starts_with(kIam) || !resource.IsArn() || resource.service() != "iam") return false;
  const std::string_view name = facts.action().substr(kIam.size());
  if (name == "passrole" && !facts.is_same_account()) return true;
  return ChangesManagedPolicy(name, resource) || ChangesReservedRole(name, resource);
}

}  // namespace wardkeep::policy
