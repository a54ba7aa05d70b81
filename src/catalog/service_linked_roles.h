// Service-linked roles: the fixed role name of each service and the AWS managed policy it carries
// (data-formats section 10). Services that are not in the table get a name made from their service principal,
// as newer services do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::catalog {

struct ServiceLinkedRoleFacts {
  std::string_view service;      // "autoscaling.amazonaws.com"
  std::string_view role_suffix;  // "AutoScaling": the role is AWSServiceRoleForAutoScaling
  std::string_view policy;       // name under arn:aws:iam::aws:policy/aws-service-role/
  bool custom_suffix = false;    // whether CustomSuffix is allowed
};

// Null for a service without an entry.
const ServiceLinkedRoleFacts* FindServiceLinkedRole(std::string_view service);

// "AWSServiceRoleForAutoScaling", with "_suffix" when one is given.
std::string ServiceLinkedRoleName(std::string_view service, std::string_view custom_suffix);

// True for "name.amazonaws.com" and its regional and partition forms.
bool IsServicePrincipal(std::string_view service);

}  // namespace wardkeep::catalog
