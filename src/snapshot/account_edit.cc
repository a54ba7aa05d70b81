#include "snapshot/account_edit.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/assert.h"
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

using storage::DocumentKind;

AccountEdit::AccountEdit(AccountStatePtr base) : base_(std::move(base)), state_(*base_) {}

void AccountEdit::Touch(DocumentKind kind, std::string_view id, std::string name_key, bool deleted) {
  for (auto& touched : touched_) {
    if (touched.kind != kind || touched.id != id) continue;
    touched.name_key = std::move(name_key);
    touched.deleted = deleted;
    return;
  }
  touched_.push_back({kind, std::string(id), std::move(name_key), deleted});
}

void AccountEdit::CountUsage(const std::vector<std::string>& attached, const std::string& boundary,
                             int32_t sign) {
  const auto count = [&](const std::string& arn, int32_t attachments, int32_t boundaries) {
    PolicyUsage usage = state_.UsageOf(arn);
    usage.attachments += attachments;
    usage.boundaries += boundaries;
    WK_ASSERT(usage.attachments >= 0 && usage.boundaries >= 0);
    if (usage.attachments == 0 && usage.boundaries == 0) {
      state_.policy_usage_.Erase(arn);
    } else {
      state_.policy_usage_.Set(arn, usage);
    }
  };
  for (const auto& arn : attached) count(arn, sign, 0);
  if (!boundary.empty()) count(boundary, 0, sign);
}

void AccountEdit::PutAccount(entity::Account account) {
  WK_ASSERT(account.id == state_.id());
  Touch(DocumentKind::kAccount, account.id.value(), "", false);
  state_.account_ = std::make_shared<const entity::Account>(std::move(account));
}

void AccountEdit::Unlink(const UserPtr& user) {
  for (const auto& key : user->access_keys) state_.key_owners_.Erase(key.id);
  CountUsage(user->attached_policies, user->permissions_boundary, -1);
  state_.users_.Erase(base::AsciiLower(user->name));
  state_.user_keys_by_id_.Erase(user->id);
}

void AccountEdit::PutUser(entity::User user) {
  std::string name_key = base::AsciiLower(user.name);
  if (const std::string* old_key = state_.user_keys_by_id_.Find(user.id)) {
    const UserPtr old = *state_.users_.Find(*old_key);
    Unlink(old);
  }
  WK_ASSERT(state_.users_.Find(name_key) == nullptr);
  for (const auto& key : user.access_keys) {
    WK_ASSERT(state_.key_owners_.Find(key.id) == nullptr);
    state_.key_owners_.Set(key.id, name_key);
  }
  CountUsage(user.attached_policies, user.permissions_boundary, 1);
  state_.user_keys_by_id_.Set(user.id, name_key);
  Touch(DocumentKind::kUser, user.id, name_key, false);
  state_.users_.Set(std::move(name_key), std::make_shared<const entity::User>(std::move(user)));
}

void AccountEdit::DeleteUser(std::string_view name) {
  std::string name_key = base::AsciiLower(name);
  const UserPtr* found = state_.users_.Find(name_key);
  WK_ASSERT(found != nullptr);
  const UserPtr user = *found;
  Unlink(user);
  ForgetSignOuts(user->id);
  Touch(DocumentKind::kUser, user->id, std::move(name_key), true);
}

void AccountEdit::Unlink(const GroupPtr& group) {
  CountUsage(group->attached_policies, "", -1);
  state_.groups_.Erase(base::AsciiLower(group->name));
  state_.group_keys_by_id_.Erase(group->id);
}

void AccountEdit::PutGroup(entity::Group group) {
  std::string name_key = base::AsciiLower(group.name);
  if (const std::string* old_key = state_.group_keys_by_id_.Find(group.id)) {
    const GroupPtr old = *state_.groups_.Find(*old_key);
    Unlink(old);
  }
  WK_ASSERT(state_.groups_.Find(name_key) == nullptr);
  CountUsage(group.attached_policies, "", 1);
  state_.group_keys_by_id_.Set(group.id, name_key);
  Touch(DocumentKind::kGroup, group.id, name_key, false);
  state_.groups_.Set(std::move(name_key), std::make_shared<const entity::Group>(std::move(group)));
}

void AccountEdit::DeleteGroup(std::string_view name) {
  std::string name_key = base::AsciiLower(name);
  const GroupPtr* found = state_.groups_.Find(name_key);
  WK_ASSERT(found != nullptr);
  const GroupPtr group = *found;
  Unlink(group);
  Touch(DocumentKind::kGroup, group->id, std::move(name_key), true);
}

void AccountEdit::Unlink(const RolePtr& role) {
  CountUsage(role->attached_policies, role->permissions_boundary, -1);
  state_.roles_.Erase(base::AsciiLower(role->name));
  state_.role_keys_by_id_.Erase(role->id);
}

void AccountEdit::PutRole(entity::Role role) {
  std::string name_key = base::AsciiLower(role.name);
  if (const std::string* old_key = state_.role_keys_by_id_.Find(role.id)) {
    const RolePtr old = *state_.roles_.Find(*old_key);
    Unlink(old);
  }
  WK_ASSERT(state_.roles_.Find(name_key) == nullptr);
  CountUsage(role.attached_policies, role.permissions_boundary, 1);
  state_.role_keys_by_id_.Set(role.id, name_key);
  Touch(DocumentKind::kRole, role.id, name_key, false);
  state_.roles_.Set(std::move(name_key), std::make_shared<const entity::Role>(std::move(role)));
}

void AccountEdit::DeleteRole(std::string_view name) {
  std::string name_key = base::AsciiLower(name);
  const RolePtr* found = state_.roles_.Find(name_key);
  WK_ASSERT(found != nullptr);
  const RolePtr role = *found;
  Unlink(role);
  ForgetSignOuts(role->id);
  Touch(DocumentKind::kRole, role->id, std::move(name_key), true);
}

template <typename T>
void AccountEdit::PutFixedName(Map<T> map, DocumentKind kind, T entity) {
  std::string name_key = base::AsciiLower(entity.name);
  const std::shared_ptr<const T>* old = (state_.*map).Find(name_key);
  WK_ASSERT(old == nullptr || (*old)->id == entity.id);
  Touch(kind, entity.id, name_key, false);
  (state_.*map).Set(std::move(name_key), std::make_shared<const T>(std::move(entity)));
}

template <typename T>
void AccountEdit::DeleteByName(Map<T> map, DocumentKind kind, std::string_view name) {
  std::string name_key = base::AsciiLower(name);
  const std::shared_ptr<const T>* found = (state_.*map).Find(name_key);
  WK_ASSERT(found != nullptr);
  const std::string id = (*found)->id;
  (state_.*map).Erase(name_key);
  Touch(kind, id, std::move(name_key), true);
}

void AccountEdit::PutPolicy(entity::ManagedPolicy policy) {
  WK_ASSERT(policy.FindVersion(policy.default_version) != nullptr);
  PutFixedName(&AccountState::policies_, DocumentKind::kPolicy, std::move(policy));
}

void AccountEdit::DeletePolicy(std::string_view name) {
  DeleteByName(&AccountState::policies_, DocumentKind::kPolicy, name);
}

void AccountEdit::PutInstanceProfile(entity::InstanceProfile profile) {
  PutFixedName(&AccountState::instance_profiles_, DocumentKind::kInstanceProfile, std::move(profile));
}

void AccountEdit::DeleteInstanceProfile(std::string_view name) {
  DeleteByName(&AccountState::instance_profiles_, DocumentKind::kInstanceProfile, name);
}

void AccountEdit::PutOidcProvider(entity::OidcProvider provider) {
  PutFixedName(&AccountState::oidc_providers_, DocumentKind::kOidcProvider, std::move(provider));
}

void AccountEdit::DeleteOidcProvider(std::string_view name) {
  DeleteByName(&AccountState::oidc_providers_, DocumentKind::kOidcProvider, name);
}

void AccountEdit::PutSamlProvider(entity::SamlProvider provider) {
  PutFixedName(&AccountState::saml_providers_, DocumentKind::kSamlProvider, std::move(provider));
}

void AccountEdit::DeleteSamlProvider(std::string_view name) {
  DeleteByName(&AccountState::saml_providers_, DocumentKind::kSamlProvider, name);
}

// The id serves as the name.
void AccountEdit::PutDelegationRequest(entity::DelegationRequest request) {
  std::string id = request.id;
  Touch(DocumentKind::kDelegationRequest, id, id, false);
  state_.delegation_requests_.Set(std::move(id),
                                  std::make_shared<const entity::DelegationRequest>(std::move(request)));
}

void AccountEdit::DeleteDelegationRequest(std::string_view id) {
  WK_ASSERT(state_.delegation_requests_.Find(id) != nullptr);
  state_.delegation_requests_.Erase(id);
  Touch(DocumentKind::kDelegationRequest, id, std::string(id), true);
}

// A certificate may be renamed and there are few, so the one with its id is looked for.
void AccountEdit::PutServerCertificate(entity::ServerCertificate certificate) {
  std::string name_key = base::AsciiLower(certificate.name);
  std::string old_key;
  state_.server_certificates_.ForEach([&](const std::string& key, const ServerCertificatePtr& present) {
    if (present->id == certificate.id) old_key = key;
  });
  if (!old_key.empty()) state_.server_certificates_.Erase(old_key);
  WK_ASSERT(state_.server_certificates_.Find(name_key) == nullptr);
  Touch(DocumentKind::kServerCertificate, certificate.id, name_key, false);
  state_.server_certificates_.Set(std::move(name_key),
                                  std::make_shared<const entity::ServerCertificate>(std::move(certificate)));
}

void AccountEdit::DeleteServerCertificate(std::string_view name) {
  DeleteByName(&AccountState::server_certificates_, DocumentKind::kServerCertificate, name);
}

void AccountEdit::Unlink(const MfaDevicePtr& device) {
  if (!device->is_assigned()) return;
  std::vector<std::string> keys = *state_.mfa_keys_by_owner_.Find(device->owner_id);
  std::erase(keys, base::AsciiLower(device->serial_number));
  if (keys.empty()) {
    state_.mfa_keys_by_owner_.Erase(device->owner_id);
  } else {
    state_.mfa_keys_by_owner_.Set(device->owner_id, std::move(keys));
  }
}

void AccountEdit::PutMfaDevice(entity::MfaDevice device) {
  std::string key = base::AsciiLower(device.serial_number);
  const MfaDevicePtr* found = state_.mfa_devices_.Find(key);
  const MfaDevicePtr old = found == nullptr ? nullptr : *found;
  WK_ASSERT(old == nullptr || old->serial_number == device.serial_number);
  // A device that stays with its owner keeps its place among the owner's devices.
  if (old == nullptr || old->owner_id != device.owner_id) {
    if (old != nullptr) Unlink(old);
    if (device.is_assigned()) {
      const auto* present = state_.mfa_keys_by_owner_.Find(device.owner_id);
      std::vector<std::string> keys = present == nullptr ? std::vector<std::string>() : *present;
      keys.push_back(key);
      state_.mfa_keys_by_owner_.Set(device.owner_id, std::move(keys));
    }
  }
  Touch(DocumentKind::kMfaDevice, device.serial_number, key, false);
  state_.mfa_devices_.Set(std::move(key), std::make_shared<const entity::MfaDevice>(std::move(device)));
}

void AccountEdit::DeleteMfaDevice(std::string_view serial_number) {
  std::string key = base::AsciiLower(serial_number);
  const MfaDevicePtr* found = state_.mfa_devices_.Find(key);
  WK_ASSERT(found != nullptr);
  const MfaDevicePtr device = *found;
  Unlink(device);
  state_.mfa_devices_.Erase(key);
  Touch(DocumentKind::kMfaDevice, device->serial_number, std::move(key), true);
}

void AccountEdit::PutSignOuts(entity::SignOuts outs) {
  std::string owner = outs.owner;
  Touch(DocumentKind::kSignOuts, owner, owner, false);
  state_.sign_outs_.Set(std::move(owner), std::make_shared<const entity::SignOuts>(std::move(outs)));
}

void AccountEdit::ForgetSignOuts(std::string_view principal_id) {
  for (const bool federated : {false, true}) {
    const std::string owner = entity::SignOutsOwner(principal_id, federated);
    if (state_.sign_outs_.Find(owner) == nullptr) continue;
    state_.sign_outs_.Erase(owner);
    Touch(DocumentKind::kSignOuts, owner, owner, true);
  }
}

std::string AccountEdit::Encode(const Touched& touched) const {
  switch (touched.kind) {
    case DocumentKind::kAccount:
      return EncodeAccount(*state_.account_);
    case DocumentKind::kUser:
      return EncodeUser(**state_.users_.Find(touched.name_key));
    case DocumentKind::kGroup:
      return EncodeGroup(**state_.groups_.Find(touched.name_key));
    case DocumentKind::kRole:
      return EncodeRole(**state_.roles_.Find(touched.name_key));
    case DocumentKind::kPolicy:
      return EncodeManagedPolicy(**state_.policies_.Find(touched.name_key));
    case DocumentKind::kInstanceProfile:
      return EncodeInstanceProfile(**state_.instance_profiles_.Find(touched.name_key));
    case DocumentKind::kDelegationRequest:
      return EncodeDelegationRequest(**state_.delegation_requests_.Find(touched.name_key));
    case DocumentKind::kServerCertificate:
      return EncodeServerCertificate(**state_.server_certificates_.Find(touched.name_key));
    case DocumentKind::kOidcProvider:
      return EncodeOidcProvider(**state_.oidc_providers_.Find(touched.name_key));
    case DocumentKind::kSamlProvider:
      return EncodeSamlProvider(**state_.saml_providers_.Find(touched.name_key));
    case DocumentKind::kMfaDevice:
      return EncodeMfaDevice(**state_.mfa_devices_.Find(touched.name_key));
    case DocumentKind::kSignOuts:
      return EncodeSignOuts(**state_.sign_outs_.Find(touched.name_key));
    case DocumentKind::kUsage:
    case DocumentKind::kActionUsage:
    case DocumentKind::kSigninAttempt:
      break;
  }
  WK_ASSERT(!"an edit touches no usage documents");
  return {};
}

AccountEdit::Outcome AccountEdit::Finish() && {
  Outcome outcome;
  outcome.batch.account = state_.id();
  outcome.batch.writes.reserve(touched_.size());
  for (auto& touched : touched_) {
    storage::DocumentWrite write{touched.kind, std::move(touched.id), std::move(touched.name_key),
                                 std::nullopt};
    if (!touched.deleted) write.body = Encode({touched.kind, "", write.name_key, false});
    outcome.batch.writes.push_back(std::move(write));
  }
  outcome.state = std::make_shared<const AccountState>(std::move(state_));
  return outcome;
}

}  // namespace wardkeep::snapshot
