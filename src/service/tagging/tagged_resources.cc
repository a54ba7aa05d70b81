#include "service/tagging/tagged_resources.h"

#include <algorithm>
#include <utility>

namespace wardkeep::service::tagging {

std::vector<TaggedResource> TaggedResources(const snapshot::AccountState& account) {
  std::vector<TaggedResource> found;
  const auto collect = [&](const auto& map, const char* type, const auto& arn_of) {
    map.ForEach([&](const std::string&, const auto& entity) {
      if (!entity->tags.empty()) found.push_back({arn_of(*entity), type, &entity->tags});
    });
  };
  collect(account.users(), "iam:user", [&](const entity::User& user) { return account.UserArn(user); });
  collect(account.roles(), "iam:role", [&](const entity::Role& role) { return account.RoleArn(role); });
  collect(account.policies(), "iam:policy",
          [&](const entity::ManagedPolicy& policy) { return account.PolicyArn(policy); });
  collect(account.instance_profiles(), "iam:instance-profile",
          [&](const entity::InstanceProfile& profile) { return account.InstanceProfileArn(profile); });
  collect(account.server_certificates(), "iam:server-certificate",
          [&](const entity::ServerCertificate& certificate) {
            return account.ServerCertificateArn(certificate);
          });
  collect(account.oidc_providers(), "iam:oidc-provider",
          [&](const entity::OidcProvider& provider) { return account.OidcProviderArn(provider); });
  collect(account.saml_providers(), "iam:saml-provider",
          [&](const entity::SamlProvider& provider) { return account.SamlProviderArn(provider); });
  collect(account.mfa_devices(), "iam:mfa",
          [](const entity::MfaDevice& device) { return device.serial_number; });
  std::ranges::sort(found, {}, &TaggedResource::arn);
  return found;
}

}  // namespace wardkeep::service::tagging
