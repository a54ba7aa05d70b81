// The jobs of the service-last-accessed reports. A job id carries its job: whom it is about, when it began
// and how fine it is, with a tag that binds it to the account and to the principal that began it. Issuing one
// stores nothing, and a job outlives a restart of the server.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "entity/unique_id.h"
#include "pipeline/operation_context.h"

namespace wardkeep::service::iam {

struct AccessJob {
  std::string subject_id;  // unique id of a user, group, role or policy
  bool action_level = false;
  base::Instant created;  // to the second
};

// 36 characters. The id of the subject must be one that MakeUniqueId or the catalogue made.
std::string MakeJobId(const pipeline::OperationContext& context, const AccessJob& job);

// nullopt for what MakeJobId did not make for the same principal, and for a job of more than seven days.
std::optional<AccessJob> ReadJobId(const pipeline::OperationContext& context, std::string_view job_id);

}  // namespace wardkeep::service::iam
