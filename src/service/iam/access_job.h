// The jobs of the service-last-accessed reports. A job id carries its job: whom it is about, when it began
// and how fine it is, with a tag that binds it to the account and to the principal that began it. Issuing one
// stores nothing, and a job outlives a restart of the server.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "crypto/sealing.h"
#include "entity/unique_id.h"
#include "pipeline/operation_context.h"

namespace wardkeep::service::iam {

struct AccessJob {
  std::string subject_id;  // unique id of a user, group, role or policy
  bool action_level = false;
  base::Instant created;  // to the second
};

// The codec of the ids. `owner` is whom the tag binds an id to: an account and a principal of it.
// As MakeJobId and ReadJobId below, which take key, owner and moment from the request.
std::string EncodeJobId(const crypto::SealingKey& key, std::string_view owner, const AccessJob& job);
std::optional<AccessJob> DecodeJobId(const crypto::SealingKey& key, std::string_view owner,
                                     std::string_view job_id, base::Instant now);

// 36 characters. The id of the subject must be one that MakeUniqueId or the catalogue made.
std::string MakeJobId(const pipeline::OperationContext& context, const AccessJob& job);

// nullopt for what MakeJobId did not make for the same principal, and for a job of more than seven days.
std::optional<AccessJob> ReadJobId(const pipeline::OperationContext& context, std::string_view job_id);

}  // namespace wardkeep::service::iam
