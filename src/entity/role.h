// An IAM role. The trust policy is stored with user and role principals as unique ids (policy-semantics 1.4)
// and is shown with ARNs while they live; snapshot/principal_resolution.h does both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "entity/inline_policy.h"
#include "entity/tag.h"

namespace wardkeep::entity {

struct Role {
  std::string id;  // AROA...
  std::string name;
  std::string path = "/";
  base::Instant create_date;
  DocumentPtr trust_policy;
  std::vector<std::pair<std::string, std::string>>
      trust_principals;  // unique id in the trust policy -> its account id
  std::string description;
  bool has_description = false;
  int32_t max_session_duration = 3600;                                // seconds, 3600-43200
  std::optional<int32_t> max_signin_session_duration = std::nullopt;  // seconds, 3600-7776000
  Tags tags;
  std::string permissions_boundary;
  InlinePolicies inline_policies;
  std::vector<std::string> attached_policies;
  std::string linked_service;  // "ec2.amazonaws.com" style principal of a service-linked role, else empty

  bool is_service_linked() const { return !linked_service.empty(); }
};

}  // namespace wardkeep::entity
