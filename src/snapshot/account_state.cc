#include "snapshot/account_state.h"

#include "base/ascii.h"
#include "entity/arn.h"

namespace wardkeep::snapshot {
namespace {

template <typename T>
const T* FindByName(const CowMap<std::string, std::shared_ptr<const T>>& map, std::string_view name) {
  const auto* found = map.Find(base::AsciiLower(name));
  return found == nullptr ? nullptr : found->get();
}

template <typename T>
const T* FindThrough(const CowMap<std::string, std::string>& index,
                     const CowMap<std::string, std::shared_ptr<const T>>& map, std::string_view key) {
  const std::string* name_key = index.Find(key);
  if (name_key == nullptr) return nullptr;
  const auto* found = map.Find(*name_key);
  return found == nullptr ? nullptr : found->get();
}

}  // namespace

const entity::User* AccountState::FindUser(std::string_view name) const {
  return FindByName(users_, name);
}
const entity::Group* AccountState::FindGroup(std::string_view name) const {
  return FindByName(groups_, name);
}
const entity::Role* AccountState::FindRole(std::string_view name) const {
  return FindByName(roles_, name);
}
const entity::InstanceProfile* AccountState::FindInstanceProfile(std::string_view name) const {
  return FindByName(instance_profiles_, name);
}
const entity::ManagedPolicy* AccountState::FindPolicy(std::string_view name) const {
  return FindByName(policies_, name);
}
const entity::ServerCertificate* AccountState::FindServerCertificate(std::string_view name) const {
  return FindByName(server_certificates_, name);
}

const entity::MfaDevice* AccountState::FindMfaDevice(std::string_view serial_number) const {
  return FindByName(mfa_devices_, serial_number);
}

std::vector<const entity::MfaDevice*> AccountState::MfaDevicesOf(std::string_view owner_id) const {
  std::vector<const entity::MfaDevice*> devices;
  if (const auto* keys = mfa_keys_by_owner_.Find(owner_id)) {
    for (const std::string& key : *keys) devices.push_back(mfa_devices_.Find(key)->get());
  }
  return devices;
}

const entity::DelegationRequest* AccountState::FindDelegationRequest(std::string_view id) const {
  const DelegationRequestPtr* found = delegation_requests_.Find(id);
  return found == nullptr ? nullptr : found->get();
}

const entity::SignOuts* AccountState::FindSignOuts(std::string_view owner) const {
  const SignOutsPtr* found = sign_outs_.Find(owner);
  return found == nullptr ? nullptr : found->get();
}

const entity::User* AccountState::FindUserById(std::string_view id) const {
  return FindThrough(user_keys_by_id_, users_, id);
}
const entity::Group* AccountState::FindGroupById(std::string_view id) const {
  return FindThrough(group_keys_by_id_, groups_, id);
}
const entity::Role* AccountState::FindRoleById(std::string_view id) const {
  return FindThrough(role_keys_by_id_, roles_, id);
}
const entity::User* AccountState::FindKeyOwner(std::string_view access_key_id) const {
  return FindThrough(key_owners_, users_, access_key_id);
}

const entity::ManagedPolicy* AccountState::FindPolicyByArn(std::string_view arn) const {
  const auto name = arn.rfind('/');
  if (name == std::string_view::npos) return nullptr;
  const entity::ManagedPolicy* policy = FindPolicy(arn.substr(name + 1));
  return policy != nullptr && PolicyArn(*policy) == arn ? policy : nullptr;
}

const entity::OidcProvider* AccountState::FindOidcProvider(std::string_view name) const {
  return FindByName(oidc_providers_, name);
}
const entity::SamlProvider* AccountState::FindSamlProvider(std::string_view name) const {
  return FindByName(saml_providers_, name);
}

const entity::OidcProvider* AccountState::FindOidcProviderByArn(std::string_view arn) const {
  const auto parts = entity::SplitArn(arn);
  const auto slash = parts ? parts->resource.find('/') : std::string_view::npos;
  if (slash == std::string_view::npos) return nullptr;
  const entity::OidcProvider* provider = FindOidcProvider(parts->resource.substr(slash + 1));
  return provider != nullptr && OidcProviderArn(*provider) == arn ? provider : nullptr;
}

const entity::SamlProvider* AccountState::FindSamlProviderByArn(std::string_view arn) const {
  const auto name = arn.rfind('/');
  if (name == std::string_view::npos) return nullptr;
  const entity::SamlProvider* provider = FindSamlProvider(arn.substr(name + 1));
  return provider != nullptr && SamlProviderArn(*provider) == arn ? provider : nullptr;
}

PolicyUsage AccountState::UsageOf(std::string_view policy_arn) const {
  const PolicyUsage* usage = policy_usage_.Find(policy_arn);
  return usage == nullptr ? PolicyUsage() : *usage;
}

std::string AccountState::UserArn(const entity::User& user) const {
  return entity::EntityArn(id(), "user", user.path, user.name);
}
std::string AccountState::GroupArn(const entity::Group& group) const {
  return entity::EntityArn(id(), "group", group.path, group.name);
}
std::string AccountState::RoleArn(const entity::Role& role) const {
  return entity::EntityArn(id(), "role", role.path, role.name);
}
std::string AccountState::PolicyArn(const entity::ManagedPolicy& policy) const {
  return entity::EntityArn(id(), "policy", policy.path, policy.name);
}
std::string AccountState::InstanceProfileArn(const entity::InstanceProfile& profile) const {
  return entity::EntityArn(id(), "instance-profile", profile.path, profile.name);
}
std::string AccountState::DelegationRequestArn(const entity::DelegationRequest& request) const {
  return entity::EntityArn(id(), "delegation-request", "/", request.id);
}
std::string AccountState::ServerCertificateArn(const entity::ServerCertificate& certificate) const {
  return entity::EntityArn(id(), "server-certificate", certificate.path, certificate.name);
}

std::string AccountState::OidcProviderArn(const entity::OidcProvider& provider) const {
  return entity::EntityArn(id(), "oidc-provider", "/", provider.name);
}
std::string AccountState::SamlProviderArn(const entity::SamlProvider& provider) const {
  return entity::EntityArn(id(), "saml-provider", "/", provider.name);
}

}  // namespace wardkeep::snapshot
