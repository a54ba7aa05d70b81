// The status of access keys and other credentials, as requests and answers write it.
#pragma once

#include <string>

#include "entity/access_key.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

std::string StatusText(entity::KeyStatus status);  // "Active", "Inactive"

// InvalidInput for Expired, which the enumeration also has but only the service itself sets.
ApiResult<entity::KeyStatus> ReadStatus(const std::string& text);

}  // namespace wardkeep::service::iam
