// Whom a service-last-accessed report is about: a user, group, role or managed policy, the policies that
// grant it services, and the users and roles whose requests count for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/granted_services.h"
#include "service/iam/principal_policies.h"
#include "snapshot/action_usage.h"

namespace wardkeep::service::iam {

// A user or role whose requests count.
struct AccessEntity {
  std::string id;
  std::string arn;
  std::string name;
  std::string path;
  OwnerKind kind = OwnerKind::kUser;  // never kGroup
};

struct AccessSubject {
  std::string id;
  analysis::GrantedServices granted;
  std::vector<AccessEntity> entities;  // in the order of their kinds and names
};

// By ARN; InvalidInput or NoSuchEntity for one that names none of the four kinds.
ApiResult<std::string> SubjectIdOf(const snapshot::AccountState& account, const std::string& arn);

// By unique id; nullopt when it is gone.
std::optional<AccessSubject> FindSubject(const pipeline::OperationContext& context,
                                         const snapshot::AccountState& account, const std::string& id);

}  // namespace wardkeep::service::iam
