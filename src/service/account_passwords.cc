#include "service/account_passwords.h"

#include <algorithm>
#include <charconv>

namespace wardkeep::service {
namespace {

const std::string* FindProperty(const entity::Account& account, std::string_view name) {
  for (const auto& [key, value] : account.properties) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace

const std::string_view kReuseViolation =
    "Policy constraint violation with password reuse prevention during password change.";

password::Additions PasswordAdditions(const pipeline::Services& services, const entity::Account& account) {
  password::Additions additions = services.password_additions;
  if (const std::string* text = FindProperty(account, kRefuseCommonProperty))
    additions.refuse_common = *text == "true";
  if (const std::string* text = FindProperty(account, kMinimumStrengthProperty)) {
    int bits = 0;
    std::from_chars(text->data(), text->data() + text->size(), bits);
    additions.minimum_strength = std::clamp(bits, 0, kLargestStrength);
  }
  return additions;
}

std::optional<std::string> FindPasswordViolation(const pipeline::Services& services,
                                                 const snapshot::AccountState& account,
                                                 std::string_view user_name, std::string_view password) {
  const entity::Account& own = account.account();
  const password::Owner owner{.user_name = std::string(user_name),
                              .account_name = own.name,
                              .account_alias = own.alias,
                              .email = own.email};
  // The policy of an account is for its IAM users; the root user always has AWS's default policy.
  const std::optional<entity::PasswordPolicy> none;
  return password::FindViolation(password, user_name.empty() ? none : own.password_policy,
                                 PasswordAdditions(services, own), owner);
}

}  // namespace wardkeep::service
