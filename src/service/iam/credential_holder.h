// Whose credentials an operation is about, for the kinds that users and the root user have alike: one
// template over the member of the user and the member of the account that hold them.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

template <typename T>
struct CredentialPlaces {
  std::vector<T> entity::User::*of_user;
  std::vector<T> entity::Account::*of_root;
};

// A user, or the root user when `user` is null. Views into the account's state.
template <typename T>
struct CredentialHolder {
  const entity::User* user = nullptr;
  const std::vector<T>* held = nullptr;
  std::string shown_name;  // empty for root

  bool Has(std::string_view id) const {
    return std::any_of(held->begin(), held->end(), [&](const T& one) { return one.id == id; });
  }
};

// Without a user's name the credentials are the caller's own, never whoever's: the right was checked on the
// caller (api-surface, "Implicit user").
template <typename T>
ApiResult<CredentialHolder<T>> FindCredentialHolder(const pipeline::OperationContext& context,
                                                    const snapshot::AccountState& account,
                                                    const std::optional<std::string>& name,
                                                    const CredentialPlaces<T>& places) {
  if (!name && context.caller.is_root()) {
    return CredentialHolder<T>{nullptr, &(account.account().*places.of_root), ""};
  }
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, account, name));
  return CredentialHolder<T>{user, &(user->*places.of_user), user->name};
}

// Replaces all that the holder has of this kind.
template <typename T>
void PutCredentials(pipeline::WriteContext& context, const CredentialHolder<T>& holder,
                    const CredentialPlaces<T>& places, std::vector<T> credentials) {
  if (holder.user != nullptr) {
    entity::User user = *holder.user;
    user.*places.of_user = std::move(credentials);
    context.edit.PutUser(std::move(user));
  } else {
    entity::Account account = context.account().account();
    account.*places.of_root = std::move(credentials);
    context.edit.PutAccount(std::move(account));
  }
}

}  // namespace wardkeep::service::iam
