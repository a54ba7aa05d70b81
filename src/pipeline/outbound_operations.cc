#include "pipeline/outbound_operations.h"

namespace wardkeep::pipeline {

bool AsksOtherServers(std::string_view service, std::string_view operation) {
  return service == "iam" && operation == "CreateOpenIDConnectProvider";  // for the provider's certificate
}

}  // namespace wardkeep::pipeline
