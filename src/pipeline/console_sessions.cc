#include "pipeline/console_sessions.h"

#include <utility>

#include "auth/password_mark.h"

namespace wardkeep::pipeline {
namespace {

// Of the present password of a user, or of the root user; 0 for none.
uint64_t PresentMark(const snapshot::AccountState& account, std::string_view owner) {
  if (owner == account.id().value()) return auth::PasswordMark(account.account().root_password_hash);
  const entity::User* user = account.FindUserById(owner);
  if (user == nullptr || !user->login_profile) return 0;
  return auth::PasswordMark(user->login_profile->password_hash);
}

}  // namespace

bool IsClosed(const snapshot::AccountState& account) {
  return account.account().closed_at.has_value();
}

bool SignInLives(const snapshot::AccountState& account, const auth::SignIn& sign_in) {
  if (IsClosed(account)) return false;
  if (sign_in.password_mark != 0 && PresentMark(account, sign_in.owner) != sign_in.password_mark)
    return false;
  const entity::SignOuts* outs = account.FindSignOuts(sign_in.owner);
  return outs == nullptr || entity::IsSignedIn(*outs, sign_in.id, sign_in.generation);
}

bool DelegationLives(const snapshot::AccountState& account, const auth::DelegationReference& delegation) {
  if (IsClosed(account)) return false;
  const entity::DelegationRequest* request = account.FindDelegationRequest(delegation.request_id);
  return request != nullptr && request->state == entity::DelegationState::kFinalized;
}

bool OriginLives(const snapshot::AccountState& account, const auth::Session& session) {
  if (session.sign_in && session.sign_in->account_id == account.id() &&
      !SignInLives(account, *session.sign_in))
    return false;
  return !session.delegation || session.delegation->account_id != account.id() ||
         DelegationLives(account, *session.delegation);
}

auth::SignIn MakeSignIn(const snapshot::AccountState& account, std::string owner, std::string id) {
  const entity::SignOuts* outs = account.FindSignOuts(owner);
  return {.id = std::move(id),
          .account_id = account.id(),
          .owner = std::move(owner),
          .generation = outs == nullptr ? 0 : outs->generation};
}

}  // namespace wardkeep::pipeline
