#include "service/iam/password_input.h"

#include "api/iam/errors.h"
#include "service/account_passwords.h"

namespace wardkeep::service::iam {

ApiResult<const entity::LoginProfile*> RequireLoginProfile(const entity::User& user) {
  if (user.login_profile) return &*user.login_profile;
  return api::iam::NoSuchEntity("Login Profile for User " + user.name + " cannot be found.");
}

ApiResult<void> CheckNewPassword(const pipeline::Services& services, const snapshot::AccountState& account,
                                 const entity::User& user, std::string_view password) {
  const auto violation = FindPasswordViolation(services, account, user.name, password);
  if (!violation) return {};
  return api::iam::PasswordPolicyViolation(*violation);
}

api::ApiError ProfileIsBusy(const entity::User& user) {
  return api::iam::EntityTemporarilyUnmodifiable("Login Profile for User " + user.name +
                                                 " cannot be modified while login profile is being created.");
}

}  // namespace wardkeep::service::iam
