// AccountEdit: the working copy of one account inside one write. Handlers read the current entities through
// state() and put changed copies; indexes, usage counts and the documents to store follow. Not thread-safe.
//
//   entity::User user = *edit.state().FindUser(name);
//   user.path = "/new/";
//   edit.PutUser(std::move(user));
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "snapshot/account_state.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

class AccountEdit {
 public:
  explicit AccountEdit(AccountStatePtr base);

  // The state that the edit began with.
  const AccountStatePtr& base() const { return base_; }
  // The state with all changes so far.
  const AccountState& state() const { return state_; }
  // The account document as it was before the edit.
  const AccountPtr& base_account() const { return base_->account_document(); }
  bool changed() const { return !touched_.empty(); }

  // Insert, or replace the entity with the same unique id (a rename moves it). The caller has checked that
  // the name is free; taking the name of another id is a broken invariant.
  void PutAccount(entity::Account account);
  void PutUser(entity::User user);
  void PutGroup(entity::Group group);
  void PutRole(entity::Role role);
  void PutPolicy(entity::ManagedPolicy policy);
  void PutInstanceProfile(entity::InstanceProfile profile);
  void PutServerCertificate(entity::ServerCertificate certificate);
  void PutDelegationRequest(entity::DelegationRequest request);
  void PutOidcProvider(entity::OidcProvider provider);
  void PutSamlProvider(entity::SamlProvider provider);
  void PutMfaDevice(entity::MfaDevice device);
  // Of an owner that exists; goes with it.
  void PutSignOuts(entity::SignOuts outs);
  // The entity must exist.
  void DeleteUser(std::string_view name);
  void DeleteGroup(std::string_view name);
  void DeleteRole(std::string_view name);
  void DeletePolicy(std::string_view name);
  void DeleteInstanceProfile(std::string_view name);
  void DeleteServerCertificate(std::string_view name);
  void DeleteDelegationRequest(std::string_view id);
  void DeleteOidcProvider(std::string_view name);
  void DeleteSamlProvider(std::string_view name);
  void DeleteMfaDevice(std::string_view serial_number);

  // Ends the edit: the next state and the documents to store. Several changes of one entity give one write.
  struct Outcome {
    AccountStatePtr state;
    storage::Batch batch;
  };
  Outcome Finish() &&;

 private:
  // An entity this edit has put or deleted; its document is made in Finish.
  struct Touched {
    storage::DocumentKind kind;
    std::string id;
    std::string name_key;
    bool deleted;
  };

  // The map of AccountState that holds one kind of entity.
  template <typename T>
  using Map = CowMap<std::string, std::shared_ptr<const T>> AccountState::*;

  void Touch(storage::DocumentKind kind, std::string_view id, std::string name_key, bool deleted);
  void ForgetSignOuts(std::string_view principal_id);
  void CountUsage(const std::vector<std::string>& attached, const std::string& boundary, int32_t sign);
  void Unlink(const UserPtr& user);
  void Unlink(const GroupPtr& group);
  void Unlink(const RolePtr& role);
  void Unlink(const MfaDevicePtr& device);
  // For what AWS cannot rename (policies, instance profiles, providers): no index by id, the name finds it.
  template <typename T>
  void PutFixedName(Map<T> map, storage::DocumentKind kind, T entity);
  template <typename T>
  void DeleteByName(Map<T> map, storage::DocumentKind kind, std::string_view name);
  std::string Encode(const Touched& touched) const;

  AccountStatePtr base_;
  AccountState state_;
  std::vector<Touched> touched_;  // in the order of the first change, each (kind, id) once
};

}  // namespace wardkeep::snapshot
