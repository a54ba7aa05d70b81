#include "service/iam/password_policy.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

// Reading and deleting have words of their own (data-formats section 16).
api::ApiError NoPolicyToGet(const base::AccountId& account) {
  return api::iam::NoSuchEntity("The Password Policy with domain name " + account.value() +
                                " cannot be found.");
}
api::ApiError NoPolicyToDelete() {
  return api::iam::NoSuchEntity("The account policy with name PasswordPolicy cannot be found.");
}

// Replaces the whole policy: what the request leaves out goes back to its default (data-formats section 7).
ApiResult<api::iam::UpdateAccountPasswordPolicyResponse> UpdateAccountPasswordPolicy(
    WriteContext& context, const api::iam::UpdateAccountPasswordPolicyRequest& request) {
  entity::PasswordPolicy policy;
  policy.minimum_length = request.minimum_password_length.value_or(policy.minimum_length);
  policy.require_symbols = request.require_symbols.value_or(false);
  policy.require_numbers = request.require_numbers.value_or(false);
  policy.require_uppercase = request.require_uppercase_characters.value_or(false);
  policy.require_lowercase = request.require_lowercase_characters.value_or(false);
  policy.allow_users_to_change = request.allow_users_to_change_password.value_or(false);
  policy.max_age_days = request.max_password_age.value_or(0);
  policy.reuse_prevention = request.password_reuse_prevention.value_or(0);
  policy.hard_expiry = request.hard_expiry;
  entity::Account account = context.account().account();
  account.password_policy = policy;
  context.edit.PutAccount(std::move(account));
  return api::iam::UpdateAccountPasswordPolicyResponse{};
}

ApiResult<api::iam::GetAccountPasswordPolicyResponse> GetAccountPasswordPolicy(
    const ReadContext& context, const api::iam::GetAccountPasswordPolicyRequest&) {
  const auto& policy = context.account.account().password_policy;
  if (!policy) return NoPolicyToGet(context.account.id());
  api::iam::PasswordPolicy shown;
  shown.minimum_password_length = policy->minimum_length;
  shown.require_symbols = policy->require_symbols;
  shown.require_numbers = policy->require_numbers;
  shown.require_uppercase_characters = policy->require_uppercase;
  shown.require_lowercase_characters = policy->require_lowercase;
  shown.allow_users_to_change_password = policy->allow_users_to_change;
  shown.expire_passwords = policy->max_age_days > 0;
  if (policy->max_age_days > 0) shown.max_password_age = policy->max_age_days;
  if (policy->reuse_prevention > 0) shown.password_reuse_prevention = policy->reuse_prevention;
  shown.hard_expiry = policy->hard_expiry;
  api::iam::GetAccountPasswordPolicyResponse response;
  response.password_policy = shown;
  return response;
}

ApiResult<api::iam::DeleteAccountPasswordPolicyResponse> DeleteAccountPasswordPolicy(
    WriteContext& context, const api::iam::DeleteAccountPasswordPolicyRequest&) {
  entity::Account account = context.account().account();
  if (!account.password_policy) return NoPolicyToDelete();
  account.password_policy.reset();
  context.edit.PutAccount(std::move(account));
  return api::iam::DeleteAccountPasswordPolicyResponse{};
}

}  // namespace

void RegisterPasswordPolicy(pipeline::Registry& registry) {
  registry.Write("iam", "UpdateAccountPasswordPolicy", UpdateAccountPasswordPolicy);
  registry.Read("iam", "GetAccountPasswordPolicy", GetAccountPasswordPolicy);
  registry.Write("iam", "DeleteAccountPasswordPolicy", DeleteAccountPasswordPolicy);
}

}  // namespace wardkeep::service::iam
