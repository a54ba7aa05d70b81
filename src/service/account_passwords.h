// The password rules of an account, for the IAM operations and for sign-in alike. Pure functions of the
// state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "password/password_rules.h"
#include "pipeline/services.h"
#include "snapshot/account_state.h"

namespace wardkeep::service {

// Account properties (PutAccountProperties) that switch on the additions to AWS's password policy for one
// account; what an account has not set follows the configuration of the server.
inline constexpr std::string_view kRefuseCommonProperty = "WardkeepPasswords/RefuseCommon";
inline constexpr std::string_view kMinimumStrengthProperty = "WardkeepPasswords/MinimumStrength";
inline constexpr int kLargestStrength = 128;

password::Additions PasswordAdditions(const pipeline::Services& services, const entity::Account& account);

// What a new password violates, in AWS's words; `user_name` is empty for the root user.
std::optional<std::string> FindPasswordViolation(const pipeline::Services& services,
                                                 const snapshot::AccountState& account,
                                                 std::string_view user_name, std::string_view password);

// "Policy constraint violation with password reuse prevention during password change."
extern const std::string_view kReuseViolation;

}  // namespace wardkeep::service
