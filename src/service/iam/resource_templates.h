// The name that AWS's simulator gives to several resources of an action: the form of their ARNs.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "catalog/action_catalogue.h"

namespace wardkeep::service::iam {

// Keeps the facts of the services it was asked about. Not thread-safe.
class ResourceTemplates {
 public:
  // "arn:aws:s3:::${BucketName}/${ObjectName}" of "s3:GetObject" and an object: the form of the action's
  // resource type that `resource` can be of. "*" where there is no such type, and for actions that the
  // catalogue does not know.
  std::string Of(std::string_view action, std::string_view resource);

 private:
  std::map<std::string, catalog::ServiceFacts, std::less<>> services_;  // by prefix in lower case
};

}  // namespace wardkeep::service::iam
