#include "service/iam/credential_services.h"

#include <array>

namespace wardkeep::service::iam {
namespace {

// Those CreateServiceSpecificCredential documents; the prefixes are those of keys seen in public.
constexpr std::array<CredentialService, 4> kServices = {{
    {"codecommit.amazonaws.com", false, ""},
    {"cassandra.amazonaws.com", false, ""},
    {"bedrock.amazonaws.com", true, "ABSK"},
    {"logs.amazonaws.com", true, "ACWL"},
}};

}  // namespace

const CredentialService* FindCredentialService(std::string_view name) {
  for (const CredentialService& service : kServices) {
    if (service.name == name) return &service;
  }
  return nullptr;
}

}  // namespace wardkeep::service::iam
