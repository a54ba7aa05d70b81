// Service-linked roles: the fixed role name of each service, the AWS managed policies it carries and whether
// its name takes a suffix. Read from data/service_linked_roles.txt, which is linked into the program.
//
// Services that are not in the table get a name made from their service principal, one part for each label,
// so that `x.amazonaws.com` and `x.y.amazonaws.com` do not share a role.
//
// Thread-safety: pure functions over constant data; the views point into the program itself.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::catalog {

struct ServiceLinkedRoleFacts {
  std::string_view service;                // "autoscaling.amazonaws.com"
  std::string_view role_name;              // "AWSServiceRoleForAutoScaling"
  std::vector<std::string_view> policies;  // names under arn:aws:iam::aws:policy/aws-service-role/
  bool custom_suffix = false;              // whether CustomSuffix is allowed
  std::string_view confidence;             // "recorded", "seen", "policy", "listed", "unverified"
};

// In byte order of the service principals.
std::span<const ServiceLinkedRoleFacts> ServiceLinkedRoles();

// Null for a service without a row.
const ServiceLinkedRoleFacts* FindServiceLinkedRole(std::string_view service);

// "AWSServiceRoleForAutoScaling", with "_suffix" when one is given.
std::string ServiceLinkedRoleName(std::string_view service, std::string_view custom_suffix);

// True for "name.amazonaws.com" and its regional and partition forms.
bool IsServicePrincipal(std::string_view service);

}  // namespace wardkeep::catalog
