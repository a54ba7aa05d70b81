#include "wardkeep/decision.h"

namespace wardkeep::policy {

std::string_view PolicyTypeName(PolicyType type) {
  switch (type) {
    case PolicyType::kIdentity:
      return "identity";
    case PolicyType::kResource:
      return "resource";
    case PolicyType::kPermissionsBoundary:
      return "permissionsBoundary";
    case PolicyType::kSession:
      return "session";
    case PolicyType::kServiceControl:
      return "serviceControl";
    case PolicyType::kResourceControl:
      return "resourceControl";
    case PolicyType::kEndpoint:
      return "endpoint";
  }
  return "";
}

}  // namespace wardkeep::policy
