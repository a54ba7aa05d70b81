#include "service/iam/credential_services.h"

#include <array>

#include "base/ascii.h"

namespace wardkeep::service::iam {
namespace {

// data-formats section 10.1.
constexpr std::array<CredentialService, 6> kServices = {{
    {"codecommit.amazonaws.com", false, ""},
    {"cassandra.amazonaws.com", false, ""},
    {"bedrock.amazonaws.com", true, "ABSK"},
    {"logs.amazonaws.com", true, "ACWL"},
    {"cloudwatch.amazonaws.com", true, "APIAACWM"},
    {"aws-external-anthropic.amazonaws.com", true, "AEAA"},
}};

}  // namespace

const CredentialService* FindCredentialService(std::string_view name) {
  for (const CredentialService& service : kServices) {
    if (base::EqualsIgnoreAsciiCase(service.name, name)) return &service;
  }
  return nullptr;
}

}  // namespace wardkeep::service::iam
