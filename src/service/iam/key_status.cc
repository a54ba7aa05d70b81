#include "service/iam/key_status.h"

#include "api/iam/errors.h"

namespace wardkeep::service::iam {

using entity::KeyStatus;

std::string StatusText(KeyStatus status) {
  return status == KeyStatus::kActive ? "Active" : "Inactive";
}

ApiResult<KeyStatus> ReadStatus(const std::string& text) {
  if (text == "Expired") return api::iam::InvalidInput("Operation does not support status Expired");
  return text == "Active" ? KeyStatus::kActive : KeyStatus::kInactive;
}

}  // namespace wardkeep::service::iam
