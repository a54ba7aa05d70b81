// What the operations that set a user's password have in common: the rules of the account, and the refusals
// with AWS's texts (data-formats sections 7 and 16).
#pragma once

#include <string>
#include <string_view>

#include "password/password_rules.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// NoSuchEntity for a user without a password.
ApiResult<const entity::LoginProfile*> RequireLoginProfile(const entity::User& user);

// PasswordPolicyViolation for a password that the account does not allow to that user.
ApiResult<void> CheckNewPassword(const pipeline::Services& services, const snapshot::AccountState& account,
                                 const entity::User& user, std::string_view password);

// The password was checked and hashed against a profile that another request has changed since.
api::ApiError ProfileIsBusy(const entity::User& user);

}  // namespace wardkeep::service::iam
