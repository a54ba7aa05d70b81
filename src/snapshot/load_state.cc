#include "snapshot/load_state.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "snapshot/account_codec.h"
#include "snapshot/delegation_request_codec.h"
#include "snapshot/group_codec.h"
#include "snapshot/instance_profile_codec.h"
#include "snapshot/managed_policy_codec.h"
#include "snapshot/mfa_device_codec.h"
#include "snapshot/oidc_provider_codec.h"
#include "snapshot/role_codec.h"
#include "snapshot/saml_provider_codec.h"
#include "snapshot/server_certificate_codec.h"
#include "snapshot/sign_outs_codec.h"
#include "snapshot/user_codec.h"

namespace wardkeep::snapshot {
namespace {

using storage::Document;
using storage::DocumentKind;
template <typename V>
using Entries = std::vector<std::pair<std::string, V>>;

base::Error Corrupt(const Document& document, std::string_view what) {
  std::string message = "stored ";
  message.append(storage::DocumentKindName(document.kind))
      .append(" `")
      .append(document.id)
      .append("` ")
      .append(what);
  return base::Error(base::ErrorCode::kCorrupt, std::move(message));
}

// False when two entries have the same key.
template <typename V>
bool Fill(Entries<V> entries, CowMap<std::string, V>& map) {
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (std::adjacent_find(entries.begin(), entries.end(), same) != entries.end()) return false;
  map = CowMap<std::string, V>::FromSorted(std::move(entries));
  return true;
}

}  // namespace

class StateLoader {
 public:
  base::Result<void> Take(Document document);
  base::Result<AccountStatePtr> Finish(const base::AccountId& account);

 private:
  template <typename T>
  base::Result<void> TakeEntity(const Document& document, base::Result<T> decoded,
                                Entries<std::shared_ptr<const T>>& into);
  base::Result<void> TakeAccount(const Document& document);
  base::Result<void> TakeMfaDevice(const Document& document);
  base::Result<void> TakeDelegationRequest(const Document& document);
  base::Result<void> TakeSignOuts(const Document& document);
  void CountUsage(const std::vector<std::string>& attached, const std::string& boundary);
  bool FillMaps(AccountState& state);
  bool FillMfaDevices(AccountState& state);
  static base::Result<void> CheckReferences(const AccountState& state);

  AccountPtr account_;
  Entries<UserPtr> users_;
  Entries<GroupPtr> groups_;
  Entries<RolePtr> roles_;
  Entries<PolicyPtr> policies_;
  Entries<InstanceProfilePtr> profiles_;
  Entries<ServerCertificatePtr> server_certificates_;
  Entries<DelegationRequestPtr> delegation_requests_;
  Entries<OidcProviderPtr> oidc_providers_;
  Entries<SamlProviderPtr> saml_providers_;
  Entries<MfaDevicePtr> mfa_devices_;
  Entries<SignOutsPtr> sign_outs_;
  std::map<std::string, PolicyUsage> usage_;
};

template <typename T>
base::Result<void> StateLoader::TakeEntity(const Document& document, base::Result<T> decoded,
                                           Entries<std::shared_ptr<const T>>& into) {
  if (!decoded) return Corrupt(document, "is unreadable: " + decoded.error().message);
  std::string name_key = base::AsciiLower(decoded->name);
  if (decoded->id != document.id || name_key != document.name_key) {
    return Corrupt(document, "does not agree with the id and name it is stored under");
  }
  into.emplace_back(std::move(name_key), std::make_shared<const T>(std::move(decoded).value()));
  return {};
}

base::Result<void> StateLoader::TakeAccount(const Document& document) {
  auto decoded = DecodeAccount(document.body);
  if (!decoded) return Corrupt(document, "is unreadable: " + decoded.error().message);
  if (decoded->id != document.account || decoded->id.value() != document.id) {
    return Corrupt(document, "is stored under another account");
  }
  account_ = std::make_shared<const entity::Account>(std::move(decoded).value());
  return {};
}

base::Result<void> StateLoader::TakeMfaDevice(const Document& document) {
  auto decoded = DecodeMfaDevice(document.body);
  if (!decoded) return Corrupt(document, "is unreadable: " + decoded.error().message);
  std::string key = base::AsciiLower(decoded->serial_number);
  if (decoded->serial_number != document.id || key != document.name_key) {
    return Corrupt(document, "does not agree with the serial number it is stored under");
  }
  mfa_devices_.emplace_back(std::move(key),
                            std::make_shared<const entity::MfaDevice>(std::move(decoded).value()));
  return {};
}

base::Result<void> StateLoader::TakeDelegationRequest(const Document& document) {
  auto decoded = DecodeDelegationRequest(document.body);
  if (!decoded) return Corrupt(document, "is unreadable: " + decoded.error().message);
  if (decoded->id != document.id || document.name_key != document.id) {
    return Corrupt(document, "does not agree with the id it is stored under");
  }
  delegation_requests_.emplace_back(
      document.id, std::make_shared<const entity::DelegationRequest>(std::move(decoded).value()));
  return {};
}

base::Result<void> StateLoader::TakeSignOuts(const Document& document) {
  auto decoded = DecodeSignOuts(document.body);
  if (!decoded) return Corrupt(document, "is unreadable: " + decoded.error().message);
  if (decoded->owner != document.id || document.name_key != document.id) {
    return Corrupt(document, "does not agree with the owner it is stored under");
  }
  sign_outs_.emplace_back(document.id, std::make_shared<const entity::SignOuts>(std::move(decoded).value()));
  return {};
}

base::Result<void> StateLoader::Take(Document document) {
  switch (document.kind) {
    case DocumentKind::kAccount:
      return TakeAccount(document);
    case DocumentKind::kUser:
      return TakeEntity(document, DecodeUser(document.body), users_);
    case DocumentKind::kGroup:
      return TakeEntity(document, DecodeGroup(document.body), groups_);
    case DocumentKind::kRole:
      return TakeEntity(document, DecodeRole(document.body), roles_);
    case DocumentKind::kPolicy:
      return TakeEntity(document, DecodeManagedPolicy(document.body), policies_);
    case DocumentKind::kInstanceProfile:
      return TakeEntity(document, DecodeInstanceProfile(document.body), profiles_);
    case DocumentKind::kDelegationRequest:
      return TakeDelegationRequest(document);
    case DocumentKind::kServerCertificate:
      return TakeEntity(document, DecodeServerCertificate(document.body), server_certificates_);
    case DocumentKind::kOidcProvider:
      return TakeEntity(document, DecodeOidcProvider(document.body), oidc_providers_);
    case DocumentKind::kSamlProvider:
      return TakeEntity(document, DecodeSamlProvider(document.body), saml_providers_);
    case DocumentKind::kMfaDevice:
      return TakeMfaDevice(document);
    case DocumentKind::kSignOuts:
      return TakeSignOuts(document);
    case DocumentKind::kUsage:
    case DocumentKind::kActionUsage:
    case DocumentKind::kSigninAttempt:
      return {};
  }
  return Corrupt(document, "is of an unknown kind");
}

void StateLoader::CountUsage(const std::vector<std::string>& attached, const std::string& boundary) {
  for (const auto& arn : attached) ++usage_[arn].attachments;
  if (!boundary.empty()) ++usage_[boundary].boundaries;
}

bool StateLoader::FillMfaDevices(AccountState& state) {
  std::map<std::string, std::vector<const entity::MfaDevice*>> by_owner;
  for (const auto& [key, device] : mfa_devices_) {
    if (device->is_assigned()) by_owner[device->owner_id].push_back(device.get());
  }
  Entries<std::vector<std::string>> owners;
  for (auto& [owner, devices] : by_owner) {
    std::sort(devices.begin(), devices.end(), [](const auto* a, const auto* b) {
      return std::tie(*a->enable_date, a->serial_number) < std::tie(*b->enable_date, b->serial_number);
    });
    std::vector<std::string> keys;
    for (const auto* device : devices) keys.push_back(base::AsciiLower(device->serial_number));
    owners.emplace_back(owner, std::move(keys));
  }
  return Fill(std::move(mfa_devices_), state.mfa_devices_) &&
         Fill(std::move(owners), state.mfa_keys_by_owner_);
}

bool StateLoader::FillMaps(AccountState& state) {
  Entries<std::string> user_ids, group_ids, role_ids, key_owners;
  for (const auto& [name_key, user] : users_) {
    user_ids.emplace_back(user->id, name_key);
    for (const auto& key : user->access_keys) key_owners.emplace_back(key.id, name_key);
    CountUsage(user->attached_policies, user->permissions_boundary);
  }
  for (const auto& [name_key, group] : groups_) {
    group_ids.emplace_back(group->id, name_key);
    CountUsage(group->attached_policies, "");
  }
  for (const auto& [name_key, role] : roles_) {
    role_ids.emplace_back(role->id, name_key);
    CountUsage(role->attached_policies, role->permissions_boundary);
  }
  return Fill(std::move(users_), state.users_) && Fill(std::move(groups_), state.groups_) &&
         Fill(std::move(roles_), state.roles_) && Fill(std::move(policies_), state.policies_) &&
         Fill(std::move(profiles_), state.instance_profiles_) &&
         Fill(std::move(server_certificates_), state.server_certificates_) &&
         Fill(std::move(delegation_requests_), state.delegation_requests_) &&
         Fill(std::move(oidc_providers_), state.oidc_providers_) &&
         Fill(std::move(saml_providers_), state.saml_providers_) && FillMfaDevices(state) &&
         Fill(std::move(sign_outs_), state.sign_outs_) && Fill(std::move(user_ids), state.user_keys_by_id_) &&
         Fill(std::move(group_ids), state.group_keys_by_id_) &&
         Fill(std::move(role_ids), state.role_keys_by_id_) &&
         Fill(std::move(key_owners), state.key_owners_) &&
         Fill(Entries<PolicyUsage>(usage_.begin(), usage_.end()), state.policy_usage_);
}

base::Result<void> StateLoader::CheckReferences(const AccountState& state) {
  std::string fault;
  state.users_.ForEach([&](const std::string&, const UserPtr& user) {
    for (const auto& id : user->group_ids) {
      if (state.FindGroupById(id) == nullptr)
        fault = "user `" + user->id + "` is in unknown group `" + id + "`";
    }
  });
  state.instance_profiles_.ForEach([&](const std::string&, const InstanceProfilePtr& profile) {
    if (!profile->role_id.empty() && state.FindRoleById(profile->role_id) == nullptr) {
      fault = "instance profile `" + profile->id + "` holds unknown role `" + profile->role_id + "`";
    }
  });
  state.mfa_devices_.ForEach([&](const std::string& key, const MfaDevicePtr& device) {
    const bool known = !device->is_assigned() || device->owner_id == state.id().value() ||
                       state.FindUserById(device->owner_id) != nullptr;
    if (!known) fault = "MFA device `" + key + "` belongs to unknown user `" + device->owner_id + "`";
  });
  state.policy_usage_.ForEach([&](const std::string& arn, const PolicyUsage&) {
    // Policies of AWS are in the catalog and belong to no account.
    const bool own = arn.find(":" + state.id().value() + ":policy/") != std::string::npos;
    if (own && state.FindPolicyByArn(arn) == nullptr) fault = "policy `" + arn + "` is in use and unknown";
  });
  if (fault.empty()) return {};
  return base::Error(base::ErrorCode::kCorrupt, "account `" + state.id().value() + "`: stored " + fault);
}

base::Result<AccountStatePtr> StateLoader::Finish(const base::AccountId& account) {
  const auto corrupt = [&](std::string_view what) {
    return base::Error(base::ErrorCode::kCorrupt, "account `" + account.value() + "` " + std::string(what));
  };
  if (account_ == nullptr) return corrupt("has no account document");
  auto state = std::make_shared<AccountState>(account_);
  if (!FillMaps(*state)) return corrupt("has two entities with one name, id or access key");
  WK_TRY(CheckReferences(*state));
  return AccountStatePtr(std::move(state));
}

base::Result<AccountStatePtr> LoadState(const base::AccountId& account,
                                        std::vector<storage::Document> documents) {
  StateLoader loader;
  for (auto& document : documents) WK_TRY(loader.Take(std::move(document)));
  documents = {};
  return loader.Finish(account);
}

}  // namespace wardkeep::snapshot
