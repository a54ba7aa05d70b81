// AccountState: everything one account owns, immutable, indexed for authentication, authorisation and
// listing. A write derives the next state and shares what did not change. Safe to share between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/account_id.h"
#include "entity/account.h"
#include "entity/delegation_request.h"
#include "entity/group.h"
#include "entity/instance_profile.h"
#include "entity/managed_policy.h"
#include "entity/mfa_device.h"
#include "entity/oidc_provider.h"
#include "entity/role.h"
#include "entity/saml_provider.h"
#include "entity/server_certificate.h"
#include "entity/sign_outs.h"
#include "entity/user.h"
#include "snapshot/cow_map.h"

namespace wardkeep::snapshot {

using AccountPtr = std::shared_ptr<const entity::Account>;
using UserPtr = std::shared_ptr<const entity::User>;
using GroupPtr = std::shared_ptr<const entity::Group>;
using RolePtr = std::shared_ptr<const entity::Role>;
using PolicyPtr = std::shared_ptr<const entity::ManagedPolicy>;
using InstanceProfilePtr = std::shared_ptr<const entity::InstanceProfile>;
using ServerCertificatePtr = std::shared_ptr<const entity::ServerCertificate>;
using DelegationRequestPtr = std::shared_ptr<const entity::DelegationRequest>;
using OidcProviderPtr = std::shared_ptr<const entity::OidcProvider>;
using SamlProviderPtr = std::shared_ptr<const entity::SamlProvider>;
using SignOutsPtr = std::shared_ptr<const entity::SignOuts>;
using MfaDevicePtr = std::shared_ptr<const entity::MfaDevice>;

// How often a managed policy (customer or AWS) is used in the account.
struct PolicyUsage {
  int32_t attachments = 0;
  int32_t boundaries = 0;
};

class AccountState {
 public:
  explicit AccountState(AccountPtr account) : account_(std::move(account)) {}

  const base::AccountId& id() const { return account_->id; }
  const entity::Account& account() const { return *account_; }
  const AccountPtr& account_document() const { return account_; }

  // By name, ignoring ASCII case. Null when absent.
  const entity::User* FindUser(std::string_view name) const;
  const entity::Group* FindGroup(std::string_view name) const;
  const entity::Role* FindRole(std::string_view name) const;
  const entity::InstanceProfile* FindInstanceProfile(std::string_view name) const;
  const entity::ManagedPolicy* FindPolicy(std::string_view name) const;
  const entity::ServerCertificate* FindServerCertificate(std::string_view name) const;
  // By serial number, ignoring ASCII case.
  const entity::MfaDevice* FindMfaDevice(std::string_view serial_number) const;
  // The devices of a user (its unique id) or of root (the account id), in the order they were enabled.
  std::vector<const entity::MfaDevice*> MfaDevicesOf(std::string_view owner_id) const;
  // By id.
  const entity::DelegationRequest* FindDelegationRequest(std::string_view id) const;
  // By owner; null when nobody of them was ever signed out.
  const entity::SignOuts* FindSignOuts(std::string_view owner) const;
  // By unique id (AIDA..., AGPA..., AROA...).
  const entity::User* FindUserById(std::string_view id) const;
  const entity::Group* FindGroupById(std::string_view id) const;
  const entity::Role* FindRoleById(std::string_view id) const;
  // Customer managed policy of this account by its exact ARN (path and case included).
  const entity::ManagedPolicy* FindPolicyByArn(std::string_view arn) const;
  // By URL without scheme, and by name, ignoring ASCII case.
  const entity::OidcProvider* FindOidcProvider(std::string_view name) const;
  const entity::SamlProvider* FindSamlProvider(std::string_view name) const;
  // By exact ARN.
  const entity::OidcProvider* FindOidcProviderByArn(std::string_view arn) const;
  const entity::SamlProvider* FindSamlProviderByArn(std::string_view arn) const;
  // The user that owns a long-term key; null for a root key or an unknown one.
  const entity::User* FindKeyOwner(std::string_view access_key_id) const;

  // Ordered by name_key (the ASCII-folded name).
  const CowMap<std::string, UserPtr>& users() const { return users_; }
  const CowMap<std::string, GroupPtr>& groups() const { return groups_; }
  const CowMap<std::string, RolePtr>& roles() const { return roles_; }
  const CowMap<std::string, PolicyPtr>& policies() const { return policies_; }
  const CowMap<std::string, InstanceProfilePtr>& instance_profiles() const { return instance_profiles_; }
  const CowMap<std::string, ServerCertificatePtr>& server_certificates() const {
    return server_certificates_;
  }
  // Ordered by id.
  const CowMap<std::string, DelegationRequestPtr>& delegation_requests() const {
    return delegation_requests_;
  }

  const CowMap<std::string, OidcProviderPtr>& oidc_providers() const { return oidc_providers_; }
  const CowMap<std::string, SamlProviderPtr>& saml_providers() const { return saml_providers_; }

  // Ordered by the ASCII-folded serial number.
  const CowMap<std::string, MfaDevicePtr>& mfa_devices() const { return mfa_devices_; }

  PolicyUsage UsageOf(std::string_view policy_arn) const;
  // Every policy ARN with an attachment or a boundary in this account, in byte order.
  const CowMap<std::string, PolicyUsage>& policy_usage() const { return policy_usage_; }

  std::string UserArn(const entity::User& user) const;
  std::string GroupArn(const entity::Group& group) const;
  std::string RoleArn(const entity::Role& role) const;
  std::string PolicyArn(const entity::ManagedPolicy& policy) const;
  std::string InstanceProfileArn(const entity::InstanceProfile& profile) const;
  std::string DelegationRequestArn(const entity::DelegationRequest& request) const;
  std::string ServerCertificateArn(const entity::ServerCertificate& certificate) const;
  std::string OidcProviderArn(const entity::OidcProvider& provider) const;
  std::string SamlProviderArn(const entity::SamlProvider& provider) const;

 private:
  friend class AccountEdit;
  friend class StateLoader;

  AccountPtr account_;
  CowMap<std::string, UserPtr> users_;
  CowMap<std::string, GroupPtr> groups_;
  CowMap<std::string, RolePtr> roles_;
  CowMap<std::string, PolicyPtr> policies_;
  CowMap<std::string, InstanceProfilePtr> instance_profiles_;
  CowMap<std::string, ServerCertificatePtr> server_certificates_;
  CowMap<std::string, DelegationRequestPtr> delegation_requests_;
  CowMap<std::string, OidcProviderPtr> oidc_providers_;
  CowMap<std::string, SamlProviderPtr> saml_providers_;
  CowMap<std::string, MfaDevicePtr> mfa_devices_;
  CowMap<std::string, SignOutsPtr> sign_outs_;
  CowMap<std::string, std::vector<std::string>> mfa_keys_by_owner_;  // owner id -> folded serial numbers
  CowMap<std::string, std::string> user_keys_by_id_;                 // unique id -> name_key
  CowMap<std::string, std::string> group_keys_by_id_;
  CowMap<std::string, std::string> role_keys_by_id_;
  CowMap<std::string, std::string> key_owners_;  // access key id -> name_key of the user
  CowMap<std::string, PolicyUsage> policy_usage_;
};
using AccountStatePtr = std::shared_ptr<const AccountState>;

}  // namespace wardkeep::snapshot
