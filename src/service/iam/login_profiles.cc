#include "service/iam/login_profiles.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "crypto/password_hash.h"
#include "password/history.h"
#include "service/account_passwords.h"
#include "service/iam/password_input.h"
#include "service/iam/signin_duration.h"
#include "service/known_place.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::OperationContext;
using pipeline::ReadContext;
using pipeline::WriteContext;

// What is made before the account is locked: the hash of the new password, and the present hash it was
// checked against.
struct HashedPassword {
  std::string hash;       // empty when the request has no password
  std::string seen_hash;  // of the profile that was there; empty for none
};

ApiResult<std::string> Hash(const base::Secret& password) {
  auto hash = crypto::HashPassword(password);
  if (!hash) return api::InternalFailure();
  return std::move(hash).value();
}

api::iam::LoginProfile ShowProfile(const entity::User& user) {
  api::iam::LoginProfile shown;
  shown.user_name = user.name;
  shown.create_date = user.login_profile->create_date;
  shown.password_reset_required = user.login_profile->password_reset_required;
  shown.max_signin_session_duration = user.login_profile->max_signin_session_duration;
  return shown;
}

// What was guessed about an old password is no reason to wait with a new one.
void EndWaits(const WriteContext& context, const entity::User& user) {
  pipeline::SigninThrottle& throttle = context.services.signin_throttle;
  const entity::Account& account = context.account().account();
  throttle.Forget(account.id.value(), user.name, user.id);
  if (!account.alias.empty()) throttle.Forget(account.alias, user.name, user.id);
}

ApiResult<const entity::User*> RequireWithoutProfile(const OperationContext& context,
                                                     const snapshot::AccountState& account,
                                                     const api::iam::CreateLoginProfileRequest& request) {
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, account, request.user_name));
  if (user->login_profile) {
    return api::iam::EntityAlreadyExists("Login Profile for user " + user->name + " already exists.");
  }
  if (!request.password) {
    return api::ValidationError(
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be "
        "null");
  }
  WK_TRY(CheckNewPassword(context.services, account, *user, *request.password));
  return user;
}

ApiResult<HashedPassword> PrepareCreate(const ReadContext& context,
                                        const api::iam::CreateLoginProfileRequest& request) {
  WK_TRY(RequireWithoutProfile(context, context.account, request));
  HashedPassword made;
  WK_ASSIGN(made.hash, Hash(base::Secret(*request.password)));
  return made;
}

ApiResult<api::iam::CreateLoginProfileResponse> CreateLoginProfile(
    WriteContext& context, const api::iam::CreateLoginProfileRequest& request, const HashedPassword& made) {
  WK_ASSIGN(const entity::User* found, RequireWithoutProfile(context, context.account(), request));
  entity::User user = *found;
  user.login_profile.emplace();
  user.login_profile->create_date = context.now;
  user.login_profile->password_reset_required = request.password_reset_required.value_or(false);
  user.login_profile->max_signin_session_duration = request.max_signin_session_duration;
  entity::ReplacePassword(*user.login_profile, made.hash, context.now);
  EndWaits(context, user);
  api::iam::CreateLoginProfileResponse response;
  response.login_profile = ShowProfile(user);
  context.edit.PutUser(std::move(user));
  return response;
}

ApiResult<api::iam::GetLoginProfileResponse> GetLoginProfile(
    const ReadContext& context, const api::iam::GetLoginProfileRequest& request) {
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, context.account, request.user_name));
  WK_TRY(RequireLoginProfile(*user));
  api::iam::GetLoginProfileResponse response;
  response.login_profile = ShowProfile(*user);
  return response;
}

ApiResult<const entity::User*> RequireForUpdate(const OperationContext& context,
                                                const snapshot::AccountState& account,
                                                const api::iam::UpdateLoginProfileRequest& request) {
  WK_ASSIGN(const entity::User* user, RequireUser(account, *request.user_name));
  WK_TRY(RequireLoginProfile(*user));
  if (request.password) WK_TRY(CheckNewPassword(context.services, account, *user, *request.password));
  return user;
}

// A wrong old password is a guess like one at sign-in, and slowed down together with those.
ApiResult<void> CheckOldPassword(const ReadContext& context, const entity::User& user,
                                 const base::Secret& old_password) {
  pipeline::SigninThrottle& throttle = context.services.signin_throttle;
  const base::HttpRequest& http = context.authorizer.facts().http;
  const KnownPlace place = FindKnownPlace(user.signin_places, http, user.id, context.now);
  const auto ticket = throttle.Begin({.account = context.account.id().value(),
                                      .user = user.name,
                                      .address = http.peer_address,
                                      .owner = user.id,
                                      .place = place.name,
                                      .is_signed = true});
  if (ticket.wait.count() > 0) return api::Throttling();
  if (!crypto::VerifyPassword(user.login_profile->password_hash, old_password)) {
    return api::AccessDenied("The old password was incorrect.");
  }
  throttle.Succeeded(ticket);
  return {};
}

// An administrator's new password may repeat an old one: reuse prevention binds the user (api-surface,
// UpdateLoginProfile).
ApiResult<HashedPassword> PrepareUpdate(const ReadContext& context,
                                        const api::iam::UpdateLoginProfileRequest& request) {
  WK_TRY(RequireForUpdate(context, context.account, request));
  HashedPassword made;
  if (request.password) {
    WK_ASSIGN(made.hash, Hash(base::Secret(*request.password)));
  }
  return made;
}

ApiResult<api::iam::UpdateLoginProfileResponse> UpdateLoginProfile(
    WriteContext& context, const api::iam::UpdateLoginProfileRequest& request, const HashedPassword& made) {
  WK_ASSIGN(const entity::User* found, RequireForUpdate(context, context.account(), request));
  entity::User user = *found;
  entity::LoginProfile& profile = *user.login_profile;
  WK_TRY(ChangeSigninDuration(request, profile.max_signin_session_duration));
  if (request.password) {
    entity::ReplacePassword(profile, made.hash, context.now);
    EndWaits(context, user);
  }
  profile.password_reset_required = request.password_reset_required.value_or(profile.password_reset_required);
  context.edit.PutUser(std::move(user));
  return api::iam::UpdateLoginProfileResponse{};
}

ApiResult<api::iam::DeleteLoginProfileResponse> DeleteLoginProfile(
    WriteContext& context, const api::iam::DeleteLoginProfileRequest& request) {
  WK_ASSIGN(const entity::User* found, NamedOrCallingUser(context, context.account(), request.user_name));
  WK_TRY(RequireLoginProfile(*found));
  entity::User user = *found;
  user.login_profile.reset();
  context.edit.PutUser(std::move(user));
  return api::iam::DeleteLoginProfileResponse{};
}

ApiResult<const entity::User*> RequireChanger(const OperationContext& context,
                                              const snapshot::AccountState& account,
                                              const api::iam::ChangePasswordRequest& request) {
  if (!context.caller.is_iam_user() || context.caller.user == nullptr) {
    return api::iam::InvalidUserType("Only IAM Users can change their own password");
  }
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, account, std::nullopt));
  WK_TRY(RequireLoginProfile(*user));
  WK_TRY(CheckNewPassword(context.services, account, *user, *request.new_password));
  return user;
}

ApiResult<HashedPassword> PrepareChange(const ReadContext& context,
                                        const api::iam::ChangePasswordRequest& request) {
  WK_ASSIGN(const entity::User* user, RequireChanger(context, context.account, request));
  const entity::LoginProfile& profile = *user->login_profile;
  HashedPassword made;
  made.seen_hash = profile.password_hash;
  WK_TRY(CheckOldPassword(context, *user, base::Secret(*request.old_password)));
  if (*request.new_password == *request.old_password) {
    return api::AccessDenied("The new password must differ from the old password.");
  }
  const base::Secret password(*request.new_password);
  const auto& policy = context.account.account().password_policy;
  if (policy && password::WasUsed(password, profile, policy->reuse_prevention)) {
    return api::iam::PasswordPolicyViolation(std::string(kReuseViolation));
  }
  WK_ASSIGN(made.hash, Hash(password));
  return made;
}

ApiResult<api::iam::ChangePasswordResponse> ChangePassword(WriteContext& context,
                                                           const api::iam::ChangePasswordRequest& request,
                                                           const HashedPassword& made) {
  WK_ASSIGN(const entity::User* found, RequireChanger(context, context.account(), request));
  if (found->login_profile->password_hash != made.seen_hash) return ProfileIsBusy(*found);
  entity::User user = *found;
  entity::ReplacePassword(*user.login_profile, made.hash, context.now);
  user.login_profile->password_reset_required = false;
  context.edit.PutUser(std::move(user));
  return api::iam::ChangePasswordResponse{};
}

}  // namespace

void RegisterLoginProfiles(pipeline::Registry& registry) {
  registry.PreparedWrite("iam", "CreateLoginProfile", PrepareCreate, CreateLoginProfile,
                         pipeline::Pool::kPasswords);
  registry.Read("iam", "GetLoginProfile", GetLoginProfile);
  registry.PreparedWrite("iam", "UpdateLoginProfile", PrepareUpdate, UpdateLoginProfile,
                         pipeline::Pool::kPasswords);
  registry.Write("iam", "DeleteLoginProfile", DeleteLoginProfile);
  registry.PreparedWrite("iam", "ChangePassword", PrepareChange, ChangePassword, pipeline::Pool::kPasswords);
}

}  // namespace wardkeep::service::iam
