// Whether a new password may be set: the account's password policy, or AWS's default policy where none is set
// (data-formats section 7), and the additions that an operator can switch on. Messages are AWS's where they
// are known. Pure functions; the history of former passwords is compared in history.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entity/password_policy.h"

namespace wardkeep::password {

// Additions to AWS; both are off unless set.
struct Additions {
  bool refuse_common = false;  // the embedded list, and the words of the owner, with look-alike letters
  int minimum_strength = 0;    // bits of EstimateStrength, 0-128

  friend bool operator==(const Additions&, const Additions&) = default;
};

// Whose password it is to be.
struct Owner {
  std::string user_name;  // empty for the root user
  std::string account_name;
  std::string account_alias;
  std::string email;  // of the account
};

// The message of PasswordPolicyViolation; nullopt for a password that may be set.
std::optional<std::string> FindViolation(std::string_view password,
                                         const std::optional<entity::PasswordPolicy>& policy,
                                         const Additions& additions, const Owner& owner);

}  // namespace wardkeep::password
